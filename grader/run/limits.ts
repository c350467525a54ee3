import { existsSync } from 'node:fs';

/** What one submission's process may use. */
export interface Limits {
  readonly loadSeconds: number;
  readonly callSeconds: number;
  readonly memoryMiB: number;
}

const PRLIMIT = '/usr/bin/prlimit';

/** What the arena, V8, its threads and a team's need before a submission has allocated anything. */
const OWN_MIB = 768;

interface ProcessLimits {
  readonly memoryMiB: number;
  /** Size of any file that it writes; nothing may be written when left out. */
  readonly maxFileBytes?: number;
}

/**
 * The command that puts `argv` under resource limits, where the platform offers `prlimit`.
 *
 * RLIMIT_DATA and not RLIMIT_AS: V8 reserves gigabytes of address space that it never touches.
 */
export function underLimits(
  argv: readonly string[],
  { memoryMiB, maxFileBytes = 0 }: ProcessLimits,
  cpuSeconds: number,
): string[] {
  if (!existsSync(PRLIMIT)) return [...argv];
  const data = (memoryMiB + OWN_MIB) * 1024 * 1024;
  return [
    PRLIMIT,
    `--data=${data}`,
    `--cpu=${cpuSeconds}`,
    '--core=0',
    `--fsize=${maxFileBytes}`,
    '--nofile=256',
    '--',
    ...argv,
  ];
}

/** The isolation that sessions of this build run under, for the report. */
export function isolationMeans(): string[] {
  const always = ['own process', 'jailed realm without host globals', 'deadlines', 'output caps', 'empty environment'];
  return existsSync(PRLIMIT) ? [...always, 'resource limits'] : always;
}
