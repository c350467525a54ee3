import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError, UsageError } from '../model/errors.ts';
import type { Submission } from '../model/submission.ts';
import { readFolder } from './readFolder.ts';
import { readZip } from './readZip.ts';
import { decodeText } from './decodeText.ts';

/** What a folder or an archive yields before it is checked: raw bytes by deliverable path. */
export interface RawFiles {
  readonly files: Map<string, Uint8Array>;
  readonly ignored: string[];
}

/**
 * Reads the deliverables, and no other file, out of a folder or a zip archive into memory.
 *
 * @throws UsageError when there is no such folder or archive
 * @throws UngradableError when a deliverable is missing or not a plain text file of bounded size
 */
export async function takeIn(path: string, assignment: Assignment): Promise<Submission> {
  const wanted = new Set(assignment.deliverables.map((deliverable) => deliverable.path));
  const { files, ignored } = await readFiles(resolve(path), path, wanted, assignment.limits.fileBytes);
  const missing = assignment.deliverables.filter((deliverable) => !files.has(deliverable.path));
  const required = missing.filter((deliverable) => !deliverable.optional).map((deliverable) => deliverable.path);
  if (files.size === 0) {
    throw new UngradableError(
      `${path}: none of the deliverables is in there; ${assignment.id} wants ${[...wanted].join(', ')}`,
    );
  }
  if (required.length > 0) {
    throw new UngradableError(
      `${path}: ${required.join(', ')} missing; hand in the file of the skeleton where you have not begun it`,
    );
  }
  const texts = new Map(
    [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, bytes]) => [name, decodeText(name, bytes)]),
  );
  return {
    name: basename(resolve(path)),
    digest: digestOf(texts),
    files: texts,
    absent: missing.map(({ path }) => path),
    ignored,
  };
}

async function readFiles(
  path: string,
  shown: string,
  wanted: ReadonlySet<string>,
  fileBytes: number,
): Promise<RawFiles> {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UsageError(`${shown}: no such folder or zip archive`);
  if (stats.isDirectory()) return readFolder(path, wanted, fileBytes);
  if (stats.isFile() && path.endsWith('.zip')) return readZip(path, wanted, fileBytes);
  throw new UsageError(`${shown}: neither a folder nor a .zip archive`);
}

function digestOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [path, text] of files) hash.update(`${path}\0${Buffer.byteLength(text)}\0`).update(text);
  return hash.digest('hex');
}
