import { type Stats } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and its missing parents. Unlike Node's own `recursive`, which loops forever in a file system that
 * takes no folders (`/proc`), each is tried once.
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

/** The folder itself, or its nearest ancestor that exists. */
export async function nearestFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  return (await statOf(path)) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/**
 * What is at a path; undefined if nothing is.
 *
 * @throws what the file system throws for an impossible path: through a file, or with too long a name
 */
export async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
