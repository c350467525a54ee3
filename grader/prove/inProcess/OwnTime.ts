import { performance } from 'node:perf_hooks';

/** A call that is shorter than this has not waited for a core. */
const SHORT_MS = 1;
/** Reading the processor time of a process takes longer than most calls. */
const READ_EVERY_MS = 5;

/** Measures calls in this very process without the time for which others had the cores. */
export class OwnTime {
  #readAt = -Infinity;
  #read = process.cpuUsage();

  /** @returns the present time, for `since` */
  begin(): number {
    const now = performance.now();
    if (now - this.#readAt < READ_EVERY_MS) return now;
    this.#read = process.cpuUsage();
    this.#readAt = now;
    return now;
  }

  /**
   * @returns the seconds of a call by the clock, and those in which it can have computed: at most `READ_EVERY_MS` of what
   *   came before are counted as well
   */
  since(begin: number): [seconds: number, ownSeconds: number] {
    const milliseconds = performance.now() - begin;
    const seconds = milliseconds / 1000;
    if (milliseconds < SHORT_MS) return [seconds, seconds];
    const { user, system } = process.cpuUsage(this.#read);
    return [seconds, Math.min(seconds, (user + system) / 1e6)];
  }
}
