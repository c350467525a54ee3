import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { UngradableError } from '../model/errors.ts';
import type { RawFiles } from './takeIn.ts';

/** Where looking for other files ends: enough to name a misplaced file, nothing to get lost in. */
const MAX_LISTED = 50;

/** Opens each deliverable by its name; nothing else of the folder is opened. */
export function readFolder(folder: string, wanted: ReadonlySet<string>, fileBytes: number): RawFiles {
  const files = new Map<string, Uint8Array>();
  for (const path of wanted) {
    refuseLinkedParents(folder, path);
    const bytes = readPlainFile(join(folder, path), path, fileBytes);
    if (bytes) files.set(path, bytes);
  }
  return { files, ignored: otherFiles(folder, wanted) };
}

/** `O_NOFOLLOW` looks at the last part of a path only. */
function refuseLinkedParents(folder: string, path: string): void {
  const parts = path.split('/').slice(0, -1);
  parts.forEach((_, i) => {
    const parent = parts.slice(0, i + 1).join('/');
    const entry = readdirSync(join(folder, ...parts.slice(0, i)), { withFileTypes: true }).find(
      ({ name }) => name === parts[i],
    );
    if (entry?.isSymbolicLink()) throw new UngradableError(`${parent}: is a symbolic link; hand in the folder itself`);
  });
}

function readPlainFile(file: string, path: string, fileBytes: number): Uint8Array | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'ELOOP') throw new UngradableError(`${path}: is a symbolic link; hand in the file itself`);
    throw new UngradableError(`${path}: cannot be read (${code})`);
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new UngradableError(`${path}: is not a regular file`);
    if (stats.nlink > 1) throw new UngradableError(`${path}: is a hard link; hand in a file of its own`);
    if (stats.size > fileBytes)
      throw new UngradableError(`${path}: ${stats.size} bytes; at most ${fileBytes} are read`);
    const bytes = new Uint8Array(fileBytes + 1);
    const length = readSync(descriptor, bytes, 0, bytes.length, 0);
    if (length > fileBytes) throw new UngradableError(`${path}: more than ${fileBytes} bytes`);
    return bytes.slice(0, length);
  } finally {
    closeSync(descriptor);
  }
}

function otherFiles(folder: string, wanted: ReadonlySet<string>): string[] {
  const folders = new Set(['', ...[...wanted].map((path) => path.split('/').slice(0, -1).join('/'))]);
  const names = [...folders].flatMap((sub) => {
    try {
      return readdirSync(join(folder, sub), { withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => (sub === '' ? entry.name : `${sub}/${entry.name}`));
    } catch {
      return [];
    }
  });
  return names
    .filter((name) => !wanted.has(name))
    .sort()
    .slice(0, MAX_LISTED);
}
