import { release, tmpdir } from 'node:os';
import { spawnSync } from 'node:child_process';
import { spawnSandboxed } from './spawnSandboxed.ts';
import { notInstalled, notLinux, type Reason, unknownArchitecture, whyBubblewrapFailed } from './reasons.ts';
import { findProgram } from './findProgram.ts';
import { isRoot, NOBODY, type ReducedSandbox, type Sandbox, type StrictSandbox } from './Sandbox.ts';
import { hostArchitecture } from './seccomp/filter.ts';
import { sharedLibraries } from './sharedLibraries.ts';

/**
 * Longer than a busy machine takes to start Node, so that a machine that is merely slow does not lose its strict tier.
 */
const SELF_TEST_SECONDS = 60;

/**
 * The strictest sandbox that works on this machine, which is proved by starting Node in it.
 *
 * @param root - the repository's folder; programs in it are started in the sandbox
 */
export async function findSandbox(root: string): Promise<Sandbox> {
  const found = await strictOrObstacle(root);
  return 'why' in found ? reducedSandbox(root, found) : found;
}

/** Resource limits only, whatever else the machine has. */
export const reducedSandbox = (root: string, obstacle?: Reason): ReducedSandbox => ({
  tier: 'reduced',
  obstacle,
  prlimit: findProgram('prlimit'),
  asNobody: isRoot() && nobodyReaches(root),
});

async function strictOrObstacle(root: string): Promise<StrictSandbox | Reason> {
  if (process.platform !== 'linux') return notLinux();
  if (!hostArchitecture()) return unknownArchitecture();
  const [bwrap, prlimit] = [findProgram('bwrap'), findProgram('prlimit')];
  if (!bwrap) return notInstalled('bubblewrap', 'bubblewrap');
  if (!prlimit) return notInstalled('prlimit', 'util-linux');
  const libraries = await sharedLibraries([process.execPath, prlimit]);
  const newest = {
    tier: 'strict',
    bwrap,
    prlimit,
    libraries,
    disablesUserNamespaces: true,
    limitsThreads: countsThreadsBySandbox(release()),
  } as const;
  if ((await selfTest(newest, root)) === undefined) return newest;
  const older = { ...newest, disablesUserNamespaces: false };
  return (await selfTest(older, root)) ?? older;
}

/** Since Linux 5.14 RLIMIT_NPROC counts per user namespace, before that per user. */
export function countsThreadsBySandbox(kernel: string): boolean {
  const [major, minor] = kernel.split('.').map(Number);
  return major > 5 || (major === 5 && minor >= 14);
}

/** Starts Node as sessions do, with the files that they and the compilers need; returns why it failed, if it did. */
async function selfTest(sandbox: StrictSandbox, root: string): Promise<Reason | undefined> {
  const child = spawnSandboxed(sandbox, {
    argv: [process.execPath, '--version'],
    readable: [{ path: root }, { path: tmpdir() }],
    limits: { memoryMiB: 256, cpuSeconds: SELF_TEST_SECONDS },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout!.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr!.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), SELF_TEST_SECONDS * 1000);
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
  clearTimeout(timer);
  return code === 0 && stdout.trim() === process.version ? undefined : whyBubblewrapFailed(stderr);
}

/** Changes to each folder that is given; `spawn` would do that before it becomes nobody. */
const GO_THERE = 'for (const folder of process.argv.slice(1)) process.chdir(folder);';

/** Whether the user nobody can start Node and enter the repository's and the temporary folder. */
const nobodyReaches = (root: string): boolean =>
  spawnSync(process.execPath, ['-e', GO_THERE, root, tmpdir()], { env: {}, uid: NOBODY, gid: NOBODY }).status === 0;
