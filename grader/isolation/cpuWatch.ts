import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { sumOverTree } from './processTree.ts';

const EVERY_MS = 100;
/** `ps` is a process each time. */
const EVERY_MS_BY_PS = 500;
/** Linux counts processor time for user space in hundredths of a second on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
/** Behind the program's name, which may hold spaces and parentheses: state, ten numbers, then user and system time. */
const TIMES = /\) \S(?: \S+){10} (?<user>\d+) (?<system>\d+) /u;
/** What `ps -o time=` prints: `[[days-]hours:]minutes:seconds`. */
const BY_PS = /^(?:(?:(?<days>\d+)-)?(?<hours>\d+):)?(?<minutes>\d+):(?<seconds>[\d.]+)$/u;

/**
 * Watches how much processor time a process and its descendants have used, and calls once when it is more than `seconds`.
 *
 * RLIMIT_CPU ends a program with the signal that anyone else could have sent; only a measurement proves why it was ended.
 * A paused machine and a process that waits use no processor time.
 *
 * @returns what ends the watch
 */
export function watchCpu(pid: number, seconds: number, tooMuch: () => void): () => void {
  const isLinux = process.platform === 'linux';
  const used = isLinux ? (): Promise<number> => Promise.resolve(cpuSeconds(pid)) : () => cpuSecondsByPs(pid);
  const timer = setInterval(
    async () => {
      if ((await used()) <= seconds) return;
      clearInterval(timer);
      tooMuch();
    },
    isLinux ? EVERY_MS : EVERY_MS_BY_PS,
  );
  timer.unref();
  return () => clearInterval(timer);
}

const cpuSeconds = (pid: number): number =>
  sumOverTree(pid, (each) => {
    const times = TIMES.exec(readFileSync(`/proc/${each}/stat`, 'latin1'))?.groups;
    return times ? (Number(times['user']) + Number(times['system'])) / TICKS_PER_SECOND : 0;
  });

async function cpuSecondsByPs(pid: number): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'time=', '-p', String(pid)]);
    const { days = 0, hours = 0, minutes = 0, seconds = 0 } = BY_PS.exec(stdout.trim())?.groups ?? {};
    return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  } catch {
    return 0;
  }
}
