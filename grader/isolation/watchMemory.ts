import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { sumOverTree } from './processTree.ts';

/** In this time a program that allocates as fast as it can gets some hundred MiB further. */
const EVERY_MS = 100;
/** `ps` costs a process each time. */
const EVERY_MS_BY_PS = 500;

const RESIDENT = /^VmRSS:\s+(?<kib>\d+) kB$/mu;

/**
 * Measures how much memory a process and its descendants hold, and calls back once when it exceeds `bytes`: a second
 * safeguard in addition to the resource limits, and the only one if the platform has none.
 *
 * @returns a function that ends the watch
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

/** Of a process and its descendants; 0 if it has exited. */
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
