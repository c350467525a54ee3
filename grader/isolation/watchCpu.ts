import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cpuSecondsOf } from './processTree.ts';

const EVERY_MS = 100;
/** `ps` costs a process each time. */
const EVERY_MS_BY_PS = 500;
/** What `ps -o time=` prints: `[[days-]hours:]minutes:seconds`. */
const BY_PS = /^(?:(?:(?<days>\d+)-)?(?<hours>\d+):)?(?<minutes>\d+):(?<seconds>[\d.]+)$/u;

/** Work in steps, each of which may use so much processor time. */
export interface Steps {
  /** Grows with each step that is done. */
  readonly done: () => number;
  /** What the next step may use. */
  readonly seconds: (done: number) => number;
}

/** Watches that no step of a process uses too much processor time, as `watchCpu` does for all of it. */
export function watchSteps(pid: number, { done, seconds }: Steps, tooMuch: () => void): () => void {
  let [last, since] = [done(), 0];
  return watch(pid, tooMuch, (used) => {
    const now = done();
    if (now !== last) [last, since] = [now, used];
    return used - since > seconds(now);
  });
}

/**
 * Measures how much processor time a process and its descendants have used, and calls back once when it exceeds
 * `seconds`.
 *
 * RLIMIT_CPU ends a program with a signal that could have come from anywhere; only a measurement proves why it was
 * ended. A paused machine and a waiting process use no processor time.
 *
 * @returns a function that ends the watch
 */
export const watchCpu = (pid: number, seconds: number, tooMuch: () => void): (() => void) =>
  watch(pid, tooMuch, (used) => used > seconds);

function watch(pid: number, tooMuch: () => void, isTooMuch: (used: number) => boolean): () => void {
  const isLinux = process.platform === 'linux';
  const used = isLinux ? (): Promise<number> => Promise.resolve(cpuSecondsOf(pid)) : () => cpuSecondsByPs(pid);
  const timer = setInterval(
    async () => {
      if (!isTooMuch(await used())) return;
      clearInterval(timer);
      tooMuch();
    },
    isLinux ? EVERY_MS : EVERY_MS_BY_PS,
  );
  timer.unref();
  return () => clearInterval(timer);
}

async function cpuSecondsByPs(pid: number): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'time=', '-p', String(pid)]);
    const { days = 0, hours = 0, minutes = 0, seconds = 0 } = BY_PS.exec(stdout.trim())?.groups ?? {};
    return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  } catch {
    return 0;
  }
}
