import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processes below a process, from /proc: none if the kernel does not list children (CONFIG_PROC_CHILDREN), or if there is
 * no /proc.
 */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** What a process and its descendants have done so far, and what they are doing now. */
export interface Activity {
  /** Processor time of all their threads together. */
  readonly cpuSeconds: number;
  /** Every thread waits of its own accord: none is computing, waiting for a core, for a disk, or stopped by a signal. */
  readonly isAsleep: boolean;
}

/** Linux counts processor time for user programs in hundredths of a second, whatever the kernel's own clock (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** The activity of a process and its descendants; undefined if the platform does not report it, or if it has ended. */
export function activityOf(pid: number): Activity | undefined {
  try {
    const processes = [pid, ...descendantsOf(pid)];
    const ticks = processes.map((one) => cpuTicks(statOf(`/proc/${one}/stat`)));
    const threads = processes.flatMap((one) =>
      readdirSync(`/proc/${one}/task`).map((thread) => statOf(`/proc/${one}/task/${thread}/stat`)),
    );
    return {
      cpuSeconds: ticks.reduce((sum, count) => sum + count, 0) / TICKS_PER_SECOND,
      isAsleep: threads.every(([state]) => state === 'S'),
    };
  } catch {
    return undefined;
  }
}

/** The fields of proc_pid_stat(5) from the third on: the second, the program's name, may hold anything. */
function statOf(file: string): string[] {
  const text = readFileSync(file, 'latin1');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** utime and stime, the fields 14 and 15. */
const cpuTicks = (fields: readonly string[]): number => Number(fields[11]) + Number(fields[12]);
