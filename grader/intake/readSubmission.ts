import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { MAX_ARCHIVE_BYTES } from '@im2grade/handout/rules';
import { type Assignment, mostBytesOf } from '../model/assignment.ts';
import { UngradableError, UsageError } from '../model/errors.ts';
import type { Submission } from '../model/submission.ts';
import { listFolder, readPlainFile } from './listFolder.ts';
import type { Listed } from './Listing.ts';
import { readArchive } from './readArchive.ts';
import { refusal } from './refusal.ts';
import { selectDeliverables, type Selection } from './selectDeliverables.ts';

const ARCHIVE_NAME = /\.(?:zip|tar|tar\.gz|tgz)$/iu;

/** True for the name of an archive that can be read. */
export const isArchiveName = (name: string): boolean => ARCHIVE_NAME.test(name);

/** `ada.tar.gz` → `ada`. */
export const withoutArchiveSuffix = (name: string): string => name.replace(ARCHIVE_NAME, '');

/**
 * Reads the deliverables, and no other file, from a folder or an archive into memory.
 *
 * @param signal - ends the reading of an archive at once
 * @throws UsageError if there is no such folder or archive
 * @throws UngradableError if a required deliverable is missing or is not a plain text file within its size limit
 */
export async function readSubmission(path: string, assignment: Assignment, signal?: AbortSignal): Promise<Submission> {
  const listing = await listPath(resolve(path), path, assignment, signal);
  return readListing(listing, basename(resolve(path)), path, assignment);
}

/**
 * The paths in a folder or an archive, without reading any file.
 *
 * @throws UsageError if there is no such folder or archive
 * @throws UngradableError if it cannot be listed
 */
export async function namesIn(path: string, assignment: Assignment, signal?: AbortSignal): Promise<string[]> {
  return (await listPath(resolve(path), path, assignment, signal)).entries.map((entry) => entry.path);
}

/**
 * As `readSubmission`, from a listing.
 *
 * @param name - what the submission is called
 * @param shown - what it is called in messages
 * @throws UngradableError if a required deliverable is missing or is not a plain text file within its size limit
 */
export async function readListing(
  listing: Listed,
  name: string,
  shown: string,
  assignment: Assignment,
): Promise<Submission> {
  const selection = await selectDeliverables(listing, assignment);
  const absent = assignment.deliverables.filter(({ path }) => !selection.texts.has(path));
  requireDeliverables(selection, absent, shown, assignment);
  const texts = new Map([...selection.texts].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    name,
    digest: digestOf(texts),
    files: texts,
    absent: absent.map(({ path }) => path),
    ignored: selection.ignored,
  };
}

/**
 * Lists an archive's entries, by the kind that its suffix says.
 *
 * @throws UngradableError if it is not such an archive
 */
export async function listArchive(
  bytes: Uint8Array,
  shown: string,
  assignment: Assignment,
  signal?: AbortSignal,
): Promise<Listed> {
  const wanted = assignment.deliverables.map((each) => [each.path, mostBytesOf(assignment, each)] as const);
  return readArchive({ bytes, shown, wanted }, signal);
}

async function listPath(path: string, shown: string, assignment: Assignment, signal?: AbortSignal): Promise<Listed> {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UsageError(`${shown}: no such folder or archive`);
  if (stats.isDirectory()) return listFolder(path, shown, wantedBy(assignment));
  if (stats.isFile() && isArchiveName(path))
    return listArchive(readPlainFile(path, shown, MAX_ARCHIVE_BYTES), shown, assignment, signal);
  throw new UsageError(`${shown}: neither a folder nor a .zip, .tar.gz, .tgz or .tar archive`);
}

/** The allow-list: nothing else of a submission is ever read. */
export const wantedBy = (assignment: Assignment): Set<string> =>
  new Set(assignment.deliverables.map(({ path }) => path));

function requireDeliverables(
  { texts, lookalikes }: Selection,
  absent: Assignment['deliverables'],
  shown: string,
  assignment: Assignment,
): void {
  const required = absent.filter(({ optional }) => !optional).map(({ path }) => path);
  const misnamed = required.find((path) => lookalikes.has(path));
  if (misnamed !== undefined) throw refusal(shown, `${misnamed} missing; found ${lookalikes.get(misnamed)}: rename it`);
  if (texts.size === 0) {
    const wanted = [...wantedBy(assignment)].join(', ');
    throw new UngradableError(`${shown}: none of the deliverables was found; ${assignment.id} expects ${wanted}`);
  }
  if (required.length > 0) {
    const names = required.join(', ');
    throw new UngradableError(
      `${shown}: ${names} missing; hand in the unchanged file of the skeleton if you have not started it`,
    );
  }
}

function digestOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [path, text] of files) hash.update(`${path}\0${Buffer.byteLength(text)}\0`).update(text);
  return hash.digest('hex');
}
