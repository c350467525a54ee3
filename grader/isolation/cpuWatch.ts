import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cpuSecondsOf } from './processTree.ts';

const EVERY_MS = 100;
/** `ps` is a process each time. */
const EVERY_MS_BY_PS = 500;
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
  const used = isLinux ? (): Promise<number> => Promise.resolve(cpuSecondsOf(pid)) : () => cpuSecondsByPs(pid);
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

async function cpuSecondsByPs(pid: number): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'time=', '-p', String(pid)]);
    const { days = 0, hours = 0, minutes = 0, seconds = 0 } = BY_PS.exec(stdout.trim())?.groups ?? {};
    return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  } catch {
    return 0;
  }
}
