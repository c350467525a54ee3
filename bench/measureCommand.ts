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
  /** The command's own peak of resident memory, without its children's. */
  readonly memoryMiB: number;
}

/** Runs `grade` with these arguments, as a user starts it. */
export async function measureCommand(args: readonly string[], cwd: string): Promise<Measured> {
  const [startedAt, before] = [performance.now(), secondsOfChildren()];
  const child = spawn(process.execPath, [join(ROOT, 'grader/cli/start.mjs'), ...args], { cwd, stdio: 'ignore' });
  let memoryMiB = 0;
  const watch = setInterval(() => (memoryMiB = Math.max(memoryMiB, peakMiB(child.pid!))), 20);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  const cpuSeconds = secondsOfChildren() - before;
  return { code, seconds: (performance.now() - startedAt) / 1000, cpuSeconds, memoryMiB };
}

/** Processor time of the processes that this one has started and that have ended, and of theirs. */
function secondsOfChildren(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1].split(' ');
    // cutime and cstime, in hundredths of a second.
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return 0;
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
