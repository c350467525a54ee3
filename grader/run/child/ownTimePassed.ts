import { setTimeout as sleep } from 'node:timers/promises';

const TICK_MS = 100;
/** A thread that waits for a busy core gets more of a tick than this; a sleeping one gets nothing. */
const ASLEEP_SHARE = 0.02;

/**
 * Resolves when this process has had this much time of its own: processor time, or time in which its threads sleep
 * although the machine has idle cores. (If it has none, the main thread is woken late.)
 *
 * @param threads - that compute at a time: each may use its processor for `seconds`
 * @param signal - ends the watch when the time is no longer needed
 */
export async function ownTimePassed(seconds: number, threads: number, signal: AbortSignal): Promise<void> {
  let own = 0;
  let cpu = process.cpuUsage();
  while (own < seconds && !signal.aborted) {
    const startedAt = performance.now();
    await sleep(TICK_MS, undefined, { ref: false });
    const isPunctual = performance.now() - startedAt < 1.5 * TICK_MS;
    const { user, system } = process.cpuUsage(cpu);
    cpu = process.cpuUsage();
    const used = (user + system) / 1e6 / threads;
    const isAsleep = isPunctual && used * threads < (ASLEEP_SHARE * TICK_MS) / 1000;
    own += isAsleep ? TICK_MS / 1000 : used;
  }
}
