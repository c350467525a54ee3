import { type Stats, statSync } from 'node:fs';

/** No path of these faults leads to anything: one that goes through a file, or a name that no file can have. */
const NOTHING: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

/**
 * What is at a path; undefined if nothing is. Node’s own `throwIfNoEntry` throws if a part of the path is a file, as it
 * is for the submissions in an archive.
 *
 * @throws what the file system throws if it does not say
 * @example foundAt('class.zip/ada'); // undefined
 */
export function foundAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (NOTHING.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
