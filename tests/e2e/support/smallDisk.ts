import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { inFolder } from './runGrade.ts';
import { join } from 'node:path';
import { isRoot } from '../../../grader/isolation/Sandbox.ts';

const mount = (folder: string, options: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `${options},mode=1777`, 'tmpfs', folder], { stdio: 'ignore' }).status === 0;

/** Why no disk of a chosen size can be mounted here; undefined if one can. */
export async function noSmallDisk(): Promise<string | undefined> {
  if (!isRoot()) return 'no small disk: only root can mount a tmpfs';
  return withSmallDisk(64, () => Promise.resolve(undefined)).catch(
    () => 'no small disk: a tmpfs cannot be mounted here',
  );
}

/** A process that was ended a moment ago may still have a file open, and so has libsql until its statements are collected. */
async function unmount(disk: string): Promise<void> {
  const isDone = (): boolean => spawnSync('umount', [disk], { stdio: 'ignore' }).status === 0;
  for (let tries = 0; tries < 50; tries++) {
    if (isDone()) return;
    await sleep(100);
  }
  execFileSync('umount', ['--lazy', disk]);
}

/** Runs `work` in a folder that is a disk of this size; `grow` makes it large. */
export const withSmallDisk = <T>(kilobytes: number, work: (disk: string, grow: () => void) => Promise<T>): Promise<T> =>
  inFolder({}, async (folder) => {
    const disk = join(folder, 'disk');
    // The user nobody compiles on it.
    chmodSync(folder, 0o755);
    mkdirSync(disk);
    if (!mount(disk, `size=${kilobytes}k`)) throw new Error('mount failed');
    try {
      return await work(disk, () => void execFileSync('mount', ['-o', 'remount,size=50m', disk]));
    } finally {
      await unmount(disk);
    }
  });

/** Leaves no room. */
export function fill(disk: string): void {
  for (let bytes = 1_000_000, n = 0; bytes >= 512; n++) {
    try {
      writeFileSync(join(disk, `filler${n}`), Buffer.alloc(bytes));
    } catch {
      bytes = Math.floor(bytes / 2);
    }
  }
}
