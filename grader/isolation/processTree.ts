import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processes below a process, from /proc; empty if the kernel does not list children (CONFIG_PROC_CHILDREN), or if
 * there is no /proc.
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

/** Adds up what `measure` reads from /proc about a process and its descendants; one that has ended counts as 0. */
export function sumOverTree(pid: number, measure: (pid: number) => number): number {
  return [pid, ...descendantsOf(pid)].reduce((sum, each) => {
    try {
      return sum + measure(each);
    } catch {
      return sum;
    }
  }, 0);
}

/** What a process and its descendants have done so far, and what they are doing now. */
export interface Activity {
  /** Processor time of all their threads together. */
  readonly cpuSeconds: number;
  /** Every thread waits voluntarily: none is computing, waiting for a core or a disk, or stopped by a signal. */
  readonly isAsleep: boolean;
}

/** The activity of a process and its descendants; undefined if the platform does not report it, or if it has ended. */
export function activityOf(pid: number): Activity | undefined {
  try {
    const threads = [pid, ...descendantsOf(pid)].flatMap((each) =>
      readdirSync(`/proc/${each}/task`).map((thread) => statOf(`/proc/${each}/task/${thread}/stat`)),
    );
    return { cpuSeconds: cpuSecondsOf(pid), isAsleep: threads.every(([state]) => state === 'S') };
  } catch {
    return undefined;
  }
}

/** Linux counts processor time for user programs in hundredths of a second, whatever the kernel's own clock (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** Processor time of a process and its descendants, from /proc. */
export const cpuSecondsOf = (pid: number): number =>
  sumOverTree(pid, (each) => {
    // utime and stime, fields 14 and 15.
    const fields = statOf(`/proc/${each}/stat`);
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  });

/** The fields of proc_pid_stat(5) from the third on: the second, the program's name, may hold anything. */
function statOf(file: string): string[] {
  const text = readFileSync(file, 'latin1');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}
