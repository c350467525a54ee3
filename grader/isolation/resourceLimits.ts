import { readFileSync } from 'node:fs';
import type { ResourceLimits } from './Sandbox.ts';

/** Memory of the arena, V8, its threads and a team before a submission has allocated anything. */
const OWN_MIB = 768;
/**
 * What V8 13 (Node 24) reserves for the compiled code of the main thread, and older versions do not: RLIMIT_DATA counts it,
 * although hardly any of it is ever used.
 */
const CODE_MIB = Number.parseInt(process.versions.v8, 10) >= 13 ? 512 : 0;
/** Sixteen members and the threads of V8, libuv and OpenBLAS. */
const THREADS = 64;
const OPEN_FILES = 256;

const HARD_LIMIT = /^Max open files\s+\S+\s+(?<hard>\d+)/mu;

/** The limit for a program that we start: no limit can be raised above our own. */
function mostOpenFiles(): number {
  try {
    return Number(HARD_LIMIT.exec(readFileSync('/proc/self/limits', 'latin1'))?.groups?.['hard'] ?? OPEN_FILES);
  } catch {
    return OPEN_FILES;
  }
}

/** Bytes of memory above which a program is stopped. */
export const memoryBytes = ({ memoryMiB }: Pick<ResourceLimits, 'memoryMiB'>): number =>
  (memoryMiB + OWN_MIB) * 1024 * 1024;

/**
 * The command that runs `argv` under resource limits.
 *
 * RLIMIT_DATA and not RLIMIT_AS: V8 reserves gigabytes of address space that it never touches.
 *
 * @param limitsThreads - only if threads are counted per sandbox: otherwise all of a user's programs would count
 */
export function underLimits(
  prlimit: string,
  argv: readonly string[],
  limits: ResourceLimits,
  limitsThreads: boolean,
): string[] {
  return [
    prlimit,
    `--data=${memoryBytes(limits) + CODE_MIB * 1024 * 1024}`,
    `--cpu=${Math.ceil(limits.cpuSeconds)}`,
    '--core=0',
    `--fsize=${limits.maxFileBytes ?? 0}`,
    `--nofile=${Math.min(OPEN_FILES, mostOpenFiles())}`,
    ...(limitsThreads ? [`--nproc=${THREADS}`] : []),
    '--',
    ...argv,
  ];
}
