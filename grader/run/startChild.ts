import type { ChildProcess } from 'node:child_process';
import { spawnSandboxed } from '../isolation/spawnSandboxed.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Gemm } from './gemm.ts';

/** What every process of a grading is started with, whichever code it runs. */
export interface SessionSettings {
  readonly sandbox: Sandbox;
  /** The scripts that make a submission's process, bundled to plain JavaScript. */
  readonly programs: { readonly bootstrap: string; readonly jail: string; readonly realm: string };
  readonly limits: Limits;
  readonly gemm: Gemm;
}

/** The limits of one submission's process. */
export interface Limits {
  readonly loadSeconds: number;
  readonly callSeconds: number;
  readonly memoryMiB: number;
}

/**
 * V8 collects garbage and compiles on the thread that caused it. Its own threads would take cores from the members of a
 * team, and from whatever else is timed: two of three samples of a team were disturbed by them, one of seven is now.
 */
const ON_ITS_OWN_THREADS = ['--single-threaded-gc', '--no-concurrent-recompilation', '--v8-pool-size=1'];

/** A backstop in addition to the host's own clock: no session lives longer. */
const CPU_SECONDS = 600;

/**
 * Starts the process of a session, in which nothing is loaded yet: pipe 3 leads to it, pipe 4 from it.
 *
 * @param onTooMuchMemory - called if it uses more than its limit
 */
export function startChild(
  { sandbox, programs: { bootstrap, jail, realm }, limits: { memoryMiB }, gemm }: SessionSettings,
  onTooMuchMemory: () => void,
): ChildProcess {
  return spawnSandboxed(sandbox, {
    argv: [
      process.execPath,
      '--disallow-code-generation-from-strings',
      '--disable-proto=delete',
      ...ON_ITS_OWN_THREADS,
      // V8 would print warnings about code that it takes for asm.js.
      '--no-validate-asm',
      ...(gemm.kind === 'openblas' ? [] : ['--no-addons']),
      ...[bootstrap, jail, realm, String(memoryMiB), gemm.kind],
    ],
    readable: [{ path: bootstrap }, { path: jail }, { path: realm }, ...gemm.files],
    limits: { memoryMiB, cpuSeconds: CPU_SECONDS },
    pipes: 2,
    onTooMuchMemory,
  });
}
