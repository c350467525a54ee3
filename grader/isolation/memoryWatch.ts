import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { sumOverTree } from './processTree.ts';

/** A program that allocates as fast as it can gets some hundred MiB further in this time. */
const EVERY_MS = 100;
/** `ps` is a process each time. */
const EVERY_MS_BY_PS = 500;

const RESIDENT = /^VmRSS:\s+(?<kib>\d+) kB$/mu;

/**
 * Watches what a process and its descendants hold in memory, and calls once when it is more than `bytes`: a second lock
 * behind the resource limits, and the only one where the platform has none.
 *
 * @returns what ends the watch
 */
export function watchMemory(pid: number, bytes: number, tooMuch: () => void): () => void {
  const isLinux = process.platform === 'linux';
  const held = isLinux ? (): Promise<number> => Promise.resolve(residentBytes(pid)) : () => residentBytesByPs(pid);
  const timer = setInterval(
    async () => {
      if ((await held()) <= bytes) return;
      clearInterval(timer);
      tooMuch();
    },
    isLinux ? EVERY_MS : EVERY_MS_BY_PS,
  );
  timer.unref();
  return () => clearInterval(timer);
}

/** Of a process and its descendants; 0 when it is gone. */
const residentBytes = (pid: number): number =>
  sumOverTree(pid, (each) => {
    const resident = RESIDENT.exec(readFileSync(`/proc/${each}/status`, 'latin1'))?.groups;
    return Number(resident?.['kib'] ?? 0) * 1024;
  });

async function residentBytesByPs(pid: number): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout) * 1024;
  } catch {
    return 0;
  }
}
