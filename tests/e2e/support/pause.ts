import { setTimeout as sleep } from 'node:timers/promises';
import { signal } from './processes.ts';

/** Stops processes, as a machine that sleeps or swaps does, and continues them later. */
export async function pause(pids: readonly number[], milliseconds: number): Promise<void> {
  for (const pid of pids) signal(pid, 'SIGSTOP');
  await sleep(milliseconds);
  for (const pid of pids) signal(pid, 'SIGCONT');
}
