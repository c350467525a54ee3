import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { underLimits } from '../isolation/resourceLimits.ts';

/** The version number that a program prints about itself. */
export function versionOf(path: string): string {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', env: {} });
  return /\d+(?:\.\d+)+/.exec(stdout ?? '')?.[0] ?? 'version unknown';
}

/** A kernel setting; undefined if the kernel does not have it. */
export function readSetting(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

const MORE_THAN_ALLOWED = 'try { new Uint8Array(2 ** 31).fill(1); } catch { console.log("refused"); }';

/** Whether a program that is started with a memory limit is refused more than that. */
export function memoryLimitHolds(prlimit: string): boolean {
  const limits = { memoryMiB: 256, cpuSeconds: 10 };
  const [command, ...args] = underLimits(prlimit, [process.execPath, '-e', MORE_THAN_ALLOWED], limits, false);
  return spawnSync(command, args, { encoding: 'utf8', env: {} }).stdout?.trim() === 'refused';
}
