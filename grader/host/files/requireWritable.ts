import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import { nearestFolder, statOf } from './makeFolder.ts';
import { whyNotWritten } from './whyNotWritten.ts';

/**
 * Makes sure, before any work is done, that files can be written. Leaves nothing behind, not even a folder.
 *
 * @param paths - the files; existing ones may be overwritten
 * @throws UsageError in one line, with the reason and what to do
 */
export async function requireWritable(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const why = await whyNot(path);
    if (why !== undefined)
      throw new UsageError(`${path} cannot be written: ${why}; choose another place, or make room there`);
  }
}

async function whyNot(path: string): Promise<string | undefined> {
  try {
    const there = await statOf(path);
    if (there && !there.isFile()) return there.isDirectory() ? 'it is a folder' : 'it is not a regular file';
    await tryFolder(await nearestFolder(dirname(path)));
    return undefined;
  } catch (error) {
    const why = whyNotWritten(error);
    if (why === undefined) throw error;
    return why;
  }
}

async function tryFolder(folder: string): Promise<void> {
  const probe = join(folder, `.im2grade-${randomBytes(6).toString('hex')}`);
  try {
    // A full disk still takes an empty file.
    await writeFile(probe, ' ', { flag: 'wx', flush: true });
  } finally {
    await rm(probe, { force: true });
  }
}
