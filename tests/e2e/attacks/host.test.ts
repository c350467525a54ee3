import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findSandbox, reducedSandbox } from '../../../grader/isolation/findSandbox.ts';
import { descendantsOf } from '../../../grader/isolation/processTree.ts';
import { isRoot, NOBODY } from '../../../grader/isolation/Sandbox.ts';
import { hostArchitecture } from '../../../grader/isolation/seccomp/filter.ts';
import { numberOn, REFUSED } from '../../../grader/isolation/seccomp/syscalls.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { ADDONS, hasAddons, runProgram } from './host/runProgram.ts';

/** What a program with all of Node does, and what the result must be. */
interface HostAttack {
  readonly does: string;
  readonly stoppedBy: string;
  readonly program: string;
  readonly given?: object;
  /** Its output in the strict tier. */
  readonly strict: RegExp;
  /** `done`: the reduced tier does not stop it, which proves that it is the strict tier that does. */
  readonly reduced: 'done' | 'stopped' | 'untried';
}

const folder = mkdtempSync(join(tmpdir(), 'im2grade-attack-'));
chmodSync(folder, 0o777);
const server = createServer((socket) => socket.end());
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const sandbox = await findSandbox(ROOT);
const reduced = reducedSandbox(ROOT);
const strictly = sandbox.tier === 'strict' ? describe : describe.skip;

const NO_FILES = 'a root with nothing in it';
const READ_ONLY = 'mounts that are read-only';
const FILTER = 'seccomp';
const reference = join(ROOT, 'reference/conv2d-gemm/src/Im2MatLayer.ts');
const suite = join(ROOT, 'tests/conv2d-gemm/1-im2mat.suite.ts');

const attacks: readonly HostAttack[] = [
  {
    does: 'reads the list of users',
    stoppedBy: NO_FILES,
    program: 'readFile',
    given: { path: '/etc/passwd' },
    strict: /ENOENT/,
    reduced: 'done',
  },
  {
    does: 'reads the reference',
    stoppedBy: NO_FILES,
    program: 'readFile',
    given: { path: reference },
    strict: /ENOENT/,
    reduced: 'done',
  },
  {
    does: 'reads a hidden suite',
    stoppedBy: NO_FILES,
    program: 'readFile',
    given: { path: suite },
    strict: /ENOENT/,
    reduced: 'done',
  },
  {
    does: 'looks around at home',
    stoppedBy: NO_FILES,
    program: 'readFolder',
    given: { path: '/home' },
    strict: /ENOENT/,
    reduced: 'done',
  },
  {
    does: 'lists the devices',
    stoppedBy: NO_FILES,
    program: 'readFolder',
    given: { path: '/dev' },
    strict: /ENOENT/,
    reduced: 'done',
  },
  {
    does: 'reads its own /proc',
    stoppedBy: 'no /proc',
    program: 'readFile',
    given: { path: '/proc/self/status' },
    strict: /ENOENT/,
    reduced: 'done',
  },
  {
    does: 'reads the command line of process 1',
    stoppedBy: 'no /proc',
    program: 'readFile',
    given: { path: '/proc/1/cmdline' },
    strict: /ENOENT/,
    reduced: 'done',
  },
  {
    does: 'looks for secrets in its environment',
    stoppedBy: 'an environment that is empty',
    program: 'readEnvironment',
    strict: /it is empty/,
    reduced: 'stopped',
  },
  {
    does: 'looks for descriptors left open',
    stoppedBy: 'descriptors of its own only',
    program: 'findDescriptors',
    strict: /none is open/,
    reduced: 'untried',
  },
  {
    does: 'asks for the machine’s name',
    stoppedBy: 'a namespace of its own',
    program: 'nameHost',
    given: { host: hostname() },
    strict: /called box/,
    reduced: 'done',
  },
  {
    does: 'writes to a folder that all may write to',
    stoppedBy: READ_ONLY,
    program: 'writeFile',
    given: { path: join(folder, 'left') },
    strict: /EROFS/,
    reduced: 'done',
  },
  {
    does: 'writes to the root',
    stoppedBy: READ_ONLY,
    program: 'writeFile',
    given: { path: '/left' },
    strict: /EROFS/,
    reduced: 'untried',
  },
  {
    does: 'opens Node itself for writing',
    stoppedBy: READ_ONLY,
    program: 'overwriteFile',
    given: { path: process.execPath },
    strict: /EROFS|EACCES|ETXTBSY/,
    reduced: 'stopped',
  },
  {
    does: 'fills the disk',
    stoppedBy: READ_ONLY,
    program: 'fillDisk',
    given: { path: join(folder, 'full') },
    strict: /EROFS/,
    reduced: 'stopped',
  },
  {
    does: 'connects to a server of this machine',
    stoppedBy: FILTER,
    program: 'connect',
    given: { port },
    strict: /EPERM/,
    reduced: 'done',
  },
  {
    does: 'listens on a port',
    stoppedBy: FILTER,
    program: 'listen',
    given: { name: 0 },
    strict: /EPERM/,
    reduced: 'done',
  },
  {
    does: 'takes the lock of all timings',
    stoppedBy: FILTER,
    program: 'listen',
    given: { name: '\0im2grade-attack' },
    strict: /EPERM/,
    reduced: 'done',
  },
  {
    does: 'sends a datagram',
    stoppedBy: FILTER,
    program: 'sendDatagram',
    given: { port },
    strict: /EPERM/,
    reduced: 'done',
  },
  {
    does: 'asks for its network addresses',
    stoppedBy: FILTER,
    program: 'askForName',
    strict: /EAI_AGAIN|EPERM/,
    reduced: 'done',
  },
  {
    does: 'opens the inspector',
    stoppedBy: FILTER,
    program: 'openInspector',
    strict: /EPERM|did not open/,
    reduced: 'done',
  },
  { does: 'starts a process', stoppedBy: FILTER, program: 'startProcess', strict: /EPERM/, reduced: 'done' },
  {
    does: 'starts threads without end',
    stoppedBy: 'RLIMIT_NPROC',
    program: 'startThreads',
    strict: /ERR_WORKER_INIT_FAILED|EAGAIN/,
    reduced: 'untried',
  },
  {
    does: 'allocates without end',
    stoppedBy: 'RLIMIT_DATA',
    program: 'allocateArrays',
    strict: /RangeError: Array buffer allocation failed/,
    reduced: 'stopped',
  },
];

strictly('strict stops a program that', () => {
  test.each(attacks.map((attack) => [attack.does, attack.stoppedBy, attack] as const))(
    '%s: by %s',
    async (_, __, { program, given = {}, strict }) => {
      const { said } = await runProgram(sandbox, program, given, {}, [folder]);
      expect(said).toMatch(/^STOPPED /);
      expect(said).toMatch(strict);
    },
  );
});

const inReduced = (what: HostAttack['reduced']) =>
  attacks.filter((attack) => attack.reduced === what).map((attack) => [attack.does, attack] as const);

describe('reduced does not stop a program that', () => {
  test.each(inReduced('done'))('%s', async (_, { program, given = {} }) => {
    expect((await runProgram(reduced, program, given)).said).toMatch(/^DONE /);
  });
});

describe('reduced, too, stops a program that', () => {
  test.each(inReduced('stopped'))('%s', async (_, { program, given = {} }) => {
    const { said, wasKilled } = await runProgram(reduced, program, given);
    expect(wasKilled || said.startsWith('STOPPED ')).toBe(true);
  });
});

describe('another process of the same user', () => {
  let other: ChildProcess;
  beforeEach(() => {
    other = spawn('sleep', ['600'], { stdio: 'ignore', ...(isRoot() ? { uid: NOBODY, gid: NOBODY } : {}) });
  });
  afterEach(() => void other.kill('SIGKILL'));

  const onStrict = sandbox.tier === 'strict' ? test : test.skip;
  onStrict('does not exist for a strict program that would kill it: by a namespace of its own', async () => {
    for (const pid of [other.pid, -1])
      expect((await runProgram(sandbox, 'killProcess', { pid })).said).toMatch(/^STOPPED ESRCH/);
    expect(other).toMatchObject({ exitCode: null, signalCode: null });
  });

  test('is killed by a reduced one', async () => {
    expect((await runProgram(reduced, 'killProcess', { pid: other.pid })).said).toMatch(/^DONE/);
  });
});

describe('a program whose grader was killed', () => {
  const onStrict = sandbox.tier === 'strict' ? test : test.skip;

  onStrict('is killed with it: by --die-with-parent', async () => {
    const grader = spawn(
      process.execPath,
      ['--import', join(ROOT, 'node_modules/tsx/dist/loader.mjs'), join(ROOT, 'tests/e2e/attacks/host/graderOfOne.ts')],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise((resolve) => grader.stdout.once('data', resolve));
    const started = descendantsOf(grader.pid!);
    expect(started.length).toBeGreaterThanOrEqual(2);
    grader.kill('SIGKILL');
    // By themselves they would go on.
    while (started.some(isAlive)) await sleep(20);
  });
});

describe.each([
  ['strict', sandbox],
  ['reduced', reduced],
] as const)('%s ends a program that', (tier, where) => {
  const here = where.tier === tier ? test : test.skip;

  here('never ends: by RLIMIT_CPU', async () => {
    const { said, wasKilled } = await runProgram(where, 'runForEver', {}, { cpuSeconds: 1 });
    expect({ said, wasKilled }).toEqual({ said: '', wasKilled: true });
  });

  (hasAddons ? here : test.skip)('fills memory that no limit counts: by the memory watch', async () => {
    const { said, wasKilled } = await runProgram(where, 'shareMemory', { addons: ADDONS }, { memoryMiB: 256 });
    expect({ said, wasKilled }).toEqual({ said: '', wasKilled: true });
  });
});

(hasAddons ? strictly : describe.skip)('the kernel refuses a strict program', () => {
  const EPERM = 1;
  const architecture = hostArchitecture()!;
  const groups = Object.entries(REFUSED).map(([group, calls]) => {
    const numbered = Object.entries(calls).map(([name, both]) => [name, numberOn(architecture, both)] as const);
    return [group, numbered.filter(([, number]) => number !== undefined)] as const;
  });

  test.each(groups)('calls that concern %s', async (_, calls) => {
    const { said } = await runProgram(sandbox, 'callKernel', {
      addons: ADDONS,
      numbers: calls.map(([, number]) => number),
    });
    const errors = JSON.parse(said.replace('DONE ', '')) as number[];
    expect(calls.filter((__, i) => errors[i] !== EPERM)).toEqual([]);
  });

  test('and would not without the filter', async () => {
    const harmless = ['socket', 'memfd_create', 'keyctl', 'ptrace', 'shmget', 'splice', 'get_mempolicy', 'kcmp'];
    const calls = new Map(groups.flatMap(([, numbered]) => numbered));
    const numbers = harmless.map((name) => calls.get(name));
    const { said } = await runProgram(reduced, 'callKernel', { addons: ADDONS, numbers });
    const errors = JSON.parse(said.replace('DONE ', '')) as number[];
    expect(harmless.filter((_, i) => errors[i] === EPERM)).toEqual([]);
  });
});

/** A process that has ended stays in the list until its parent has waited for it. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
