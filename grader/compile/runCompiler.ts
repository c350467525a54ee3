import { basename, join } from 'node:path';
import { spawnSandboxed } from '../isolation/spawnSandboxed.ts';
import { type Steps, watchCpu, watchSteps } from '../isolation/watchCpu.ts';
import { sandboxFailure } from '../isolation/SandboxFailure.ts';
import type { Assignment } from '../model/assignment.ts';
import { machineFault } from './compilerFault.ts';
import { libraryFiles, type Tool, type Toolchain } from './findToolchain.ts';
import { OUTPUT } from './inTemporaryFolder.ts';

/**
 * How a compiler ended: it exited by itself, was stopped because it used too much of a measured resource, was killed by
 * the machine, or was stopped because it was not done long after its time limit.
 *
 * Only a measurement proves anything about the sources. Memory that the kernel refuses, a process that the kernel
 * kills, and a clock that runs on while the machine is paused or overloaded could be the machine's fault as well.
 */
type CompilerEnd = 'exited' | 'too-busy' | 'too-much-memory' | 'killed' | 'overdue';

export interface CompilerResult {
  readonly end: CompilerEnd;
  /** Present if it has exited. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it printed more than was kept. */
  readonly isCut: boolean;
}

/** The last output of a program that has ended is read within this time. */
const DRAIN_MS = 5000;
const MAX_OUTPUT_BYTES = 256 * 1024;
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MEMORY_MIB = 1536;

/** What a compiler may use if that is not what the assignment and the machine allow any of them. */
interface CompilerLimits {
  /** Its processor time. */
  readonly cpuSeconds?: number;
  readonly memoryMiB?: number;
  /** Those of its work, each of which has a limit of its own. */
  readonly steps?: Steps;
}

/**
 * The kernel's limit is a fallback for the measurement and must not act first: its signal could have come from
 * anything.
 */
const KERNEL_CPU_FACTOR = 2;
/** A machine that gives a compiler less than a tenth of a processor is paused or overloaded. */
const deadlineSeconds = (cpuSeconds: number): number => 10 * cpuSeconds + 20;

/**
 * Runs a compiler on student source: never in the grader's process, always in the sandbox and under its own limits. For
 * every compiler there are sources that keep it busy forever.
 *
 * @throws MachineFault if the compiler could not be started
 * @param folder - holds the sources; the compiler may write only to `out` in it
 */
export async function runCompiler(
  { root, sandbox }: Toolchain,
  { argv, folder: program }: Tool,
  args: readonly string[],
  folder: string,
  { packages, limits: { buildSeconds } }: Assignment,
  { cpuSeconds = buildSeconds, memoryMiB = MEMORY_MIB, steps }: CompilerLimits = {},
): Promise<CompilerResult> {
  const notStarted = (why: string) => machineFault(basename(argv.at(-1)!), folder, why);
  let stopped: CompilerEnd | undefined;
  const child = startOr(notStarted, () =>
    spawnSandboxed(sandbox, {
      argv: [...argv, ...args],
      readable: [{ path: program }, { path: folder }, ...libraryFiles(root, packages)],
      writable: join(folder, OUTPUT),
      cwd: folder,
      limits: { memoryMiB, cpuSeconds: cpuSeconds * KERNEL_CPU_FACTOR, maxFileBytes: MAX_FILE_BYTES },
      onTooMuchMemory: () => (stopped ??= 'too-much-memory'),
    }),
  );
  const stop = (end: CompilerEnd) => {
    stopped ??= end;
    child.kill('SIGKILL');
  };
  return new Promise((resolve, reject) => {
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      // There are none if the grader itself has too many open files.
      child[name]?.on('data', (piece: Buffer) => {
        if (output[name].length < MAX_OUTPUT_BYTES) output[name] += piece.toString('utf8');
      });
    }
    const watches = child.pid === undefined ? [] : watchesOf(child.pid, cpuSeconds, steps, () => stop('too-busy'));
    const timer = setTimeout(() => stop('overdue'), deadlineSeconds(cpuSeconds) * 1000);
    const settle = () => {
      clearTimeout(timer);
      watches.forEach((stopWatching) => stopWatching());
    };
    child.on('error', (error) => {
      settle();
      reject(notStarted(error.message));
    });
    // A process of the sandbox that outlives the one we started could hold the pipes open forever.
    child.once('exit', () =>
      setTimeout(() => [child.stdout, child.stderr].forEach((pipe) => pipe?.destroy()), DRAIN_MS).unref(),
    );
    child.on('close', (code) => {
      settle();
      const failure = code === 0 ? undefined : sandboxFailure(output.stderr);
      if (failure) return reject(notStarted(failure.message));
      // When a compiler is killed inside the sandbox, the sandbox exits with 128 plus the signal's number.
      const hasExited = stopped === undefined && code !== null && code <= 128;
      resolve({
        end: stopped ?? (hasExited ? 'exited' : 'killed'),
        code: hasExited ? code : undefined,
        ...output,
        isCut: Object.values(output).some(({ length }) => length >= MAX_OUTPUT_BYTES),
      });
    });
  });
}

const watchesOf = (pid: number, cpuSeconds: number, steps: Steps | undefined, tooBusy: () => void) => [
  watchCpu(pid, cpuSeconds, tooBusy),
  ...(steps ? [watchSteps(pid, steps, tooBusy)] : []),
];

function startOr<T>(fault: (why: string) => Error, start: () => T): T {
  try {
    return start();
  } catch (error) {
    throw fault((error as Error).message);
  }
}
