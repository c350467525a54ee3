import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

export interface Measured {
  readonly code: number | null;
  readonly seconds: number;
  /** Processor time of the command and of all that it started; 0 if the system does not report it. */
  readonly cpuSeconds: number;
  /** The part of it that the system took: for starting processes, mapping memory, moving data. */
  readonly systemSeconds: number;
  /** The command's own peak of resident memory, without its children's. */
  readonly memoryMiB: number;
}

/** Runs `grade` with these arguments, as a user starts it. */
export const measureCommand = (args: readonly string[], cwd: string): Promise<Measured> =>
  measureNode([join(ROOT, 'grader/cli/start.mjs'), ...args], cwd);

/** Runs a program in a Node process of its own, without its output. */
export async function measureNode(args: readonly string[], cwd: string): Promise<Measured> {
  const [startedAt, before] = [performance.now(), secondsOfChildren()];
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
  let memoryMiB = 0;
  const watch = setInterval(() => (memoryMiB = Math.max(memoryMiB, peakMiB(child.pid!))), 20);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  const seconds = (performance.now() - startedAt) / 1000;
  const after = secondsOfChildren();
  const [user, systemSeconds] = [after.user - before.user, after.system - before.system];
  return { code, seconds, cpuSeconds: user + systemSeconds, systemSeconds, memoryMiB };
}

/** Processor time of the processes that this one has started and that have ended, and of theirs. */
function secondsOfChildren(): { user: number; system: number } {
  try {
    const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1].split(' ');
    // cutime and cstime, in hundredths of a second.
    return { user: Number(fields[13]) / 100, system: Number(fields[14]) / 100 };
  } catch {
    return { user: 0, system: 0 };
  }
}

/** Processor time of a living process, in seconds; 0 if the system does not report it. */
export function processorSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
    // utime and stime, in hundredths of a second.
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

/** Peak resident memory of a living process; 0 if the system does not report it. */
export function peakMiB(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
