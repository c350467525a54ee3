import { type Stats } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those that it lies in. Unlike Node's own `recursive`, which goes round for ever where a file system takes
 * no folders (`/proc`), each is tried once.
 *
 * @throws what the file system throws
 */
export async function makeFolder(folder: string): Promise<void> {
  const path = resolve(folder);
  if ((await statOf(path))?.isDirectory()) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  try {
    await mkdir(path);
  } catch (error) {
    // Another command may have been faster.
    if (!(await statOf(path))?.isDirectory()) throw error;
  }
}

/** The folder itself, or the nearest one above it that is there. */
export async function nearestFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  return (await statOf(path)) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/**
 * What is at a path; undefined where nothing is.
 *
 * @throws what the file system throws for a path that cannot be: through a file, or with too long a name
 */
export async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
