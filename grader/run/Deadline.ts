import { performance } from 'node:perf_hooks';
import { activityOf } from '../isolation/processTree.ts';

const TICK_SECONDS = 0.1;
/** If the platform does not report processor time, a deadline is this many times longer by the wall clock. */
const WALL_FACTOR = 10;
/** A process that a machine keeps from running for this long, or for this multiple of its deadline, is given up. */
const GIVEN_UP_SECONDS = 120;
const GIVEN_UP_FACTOR = 40;

/**
 * How a deadline passed: `own` if the submission's own time is used up, `wall` if only the wall clock could be read,
 * and `machine` if the machine kept the process from running.
 */
export type Passed = 'own' | 'wall' | 'machine';

interface DeadlineOptions {
  readonly seconds: number;
  /** Threads that compute at a time: each may use its processor for `seconds`. */
  readonly threads: number;
  /** Whether only processor time counts: the process sleeps only while others work for it, which have deadlines too. */
  readonly sleepsFree?: boolean;
  readonly onPassed: (how: Passed) => void;
}

/**
 * A deadline on a process's own time: the processor time that it uses, and the time for which it sleeps voluntarily.
 * The deadline does not move while the process is stopped, swapped out or waits for a core, nor while the process that
 * watches it is busy or stopped.
 */
export class Deadline {
  readonly #pid: number;
  readonly #options: DeadlineOptions;
  readonly #startedAt = performance.now();
  #tickedAt = this.#startedAt;
  #ownSeconds = 0;
  #cpuSeconds: number | undefined;
  #isStopped = false;
  #timer: NodeJS.Timeout;

  constructor(pid: number, options: DeadlineOptions) {
    this.#pid = pid;
    this.#options = options;
    this.#timer = this.#schedule();
  }

  /** Ends the watch; returns the process's own seconds. */
  stop(): number {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    const sinceTick = (performance.now() - this.#tickedAt) / 1000;
    return this.#ownSeconds + Math.min(sinceTick, TICK_SECONDS);
  }

  #schedule(): NodeJS.Timeout {
    // If this process was busy, an answer may be waiting in the pipe: it is read before the time is checked.
    return setTimeout(() => setImmediate(() => this.#tick()), TICK_SECONDS * 1000);
  }

  #tick(): void {
    if (this.#isStopped) return;
    const now = performance.now();
    const elapsed = Math.min((now - this.#tickedAt) / 1000, TICK_SECONDS);
    this.#tickedAt = now;
    const activity = activityOf(this.#pid);
    this.#ownSeconds += activity ? this.#ownPart(activity, elapsed) : elapsed / WALL_FACTOR;
    const { seconds, onPassed } = this.#options;
    if (this.#ownSeconds >= seconds) onPassed(activity ? 'own' : 'wall');
    else if (now - this.#startedAt > 1000 * Math.max(GIVEN_UP_SECONDS, GIVEN_UP_FACTOR * seconds)) onPassed('machine');
    else this.#timer = this.#schedule();
  }

  #ownPart({ cpuSeconds, isAsleep }: { cpuSeconds: number; isAsleep: boolean }, elapsed: number): number {
    const used = this.#cpuSeconds === undefined ? elapsed : (cpuSeconds - this.#cpuSeconds) / this.#options.threads;
    this.#cpuSeconds = cpuSeconds;
    return isAsleep && !this.#options.sleepsFree ? Math.max(used, elapsed) : used;
  }
}
