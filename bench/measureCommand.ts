import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { descendantsOf } from '../grader/isolation/processTree.ts';

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
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
  const times = new ProcessorTimes(child.pid!);
  let memoryMiB = 0;
  const watch = setInterval(() => {
    times.look();
    memoryMiB = Math.max(memoryMiB, peakMiB(child.pid!));
  }, LOOK_MS);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  return { code, seconds: (performance.now() - startedAt) / 1000, ...times.sum(), memoryMiB };
}

const LOOK_MS = 20;

/**
 * The processor times of a process and of all below it, by looking repeatedly: those of processes that are killed in a
 * sandbox reach no parent. Of each process up to the time between two looks is missed.
 */
class ProcessorTimes {
  readonly #pid: number;
  readonly #last = new Map<number, { user: number; system: number }>();

  constructor(pid: number) {
    this.#pid = pid;
  }

  look(): void {
    for (const pid of [this.#pid, ...descendantsOf(this.#pid)]) {
      const times = processorTimes(pid);
      if (times) this.#last.set(pid, times);
    }
  }

  sum(): { cpuSeconds: number; systemSeconds: number } {
    const all = [...this.#last.values()];
    const systemSeconds = all.reduce((sum, { system }) => sum + system, 0);
    return { cpuSeconds: all.reduce((sum, { user }) => sum + user, systemSeconds), systemSeconds };
  }
}

/** Processor time of a living process, in seconds; undefined if the system does not report it. */
function processorTimes(pid: number): { user: number; system: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
    // utime and stime, in hundredths of a second.
    return { user: Number(fields[11]) / 100, system: Number(fields[12]) / 100 };
  } catch {
    return undefined;
  }
}

/** The same in one number; 0 if the system does not report it. */
export function processorSeconds(pid: number): number {
  const { user, system } = processorTimes(pid) ?? { user: 0, system: 0 };
  return user + system;
}

/** Peak resident memory of a living process; 0 if the system does not report it. */
export function peakMiB(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
