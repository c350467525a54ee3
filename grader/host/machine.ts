import { availableParallelism, cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine } from '../model/examination.ts';

/** Long enough for the system's clock ticks of 10 ms to distinguish a free core from a busy one. */
const WATCH_MS = 200;
/** A core that is busy for less than this share of the time is free. */
const MOST_BUSY = 0.25;

/** The cores of this machine and how busy they are. */
export const machine: Machine = {
  cores: availableParallelism(),
  async hasFree(cores, seconds) {
    for (let left = seconds * 1000; ; left -= WATCH_MS) {
      if ((await idleCores()) > cores - MOST_BUSY) return true;
      if (left <= 0) return false;
    }
  },
};

/** How many cores' worth of time were idle while this process slept. */
async function idleCores(): Promise<number> {
  const before = cpus();
  await sleep(WATCH_MS);
  return cpus().reduce((sum, { times }, i) => {
    const of = (all: typeof times) => Object.values(all).reduce((a, b) => a + b, 0);
    const whole = of(times) - of(before[i].times);
    return sum + (whole > 0 ? (times.idle - before[i].times.idle) / whole : 1);
  }, 0);
}
