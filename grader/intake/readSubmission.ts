import { realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { compareTexts } from '../common/compareTexts.ts';
import { foundAt } from '../host/files/foundAt.ts';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError, UsageError } from '../model/errors.ts';
import type { Submission } from '../model/submission.ts';
import { digestOfSubmission } from './digestOfSubmission.ts';
import { isArchiveName, listArchiveFile, withArchives } from './listArchives.ts';
import { listFolder } from './listFolder.ts';
import type { Listed } from './Listing.ts';
import { mayBe } from './plainNames.ts';
import { selectDeliverables } from './selectDeliverables.ts';

/**
 * Reads the deliverables, and no other file, from a folder or an archive into memory.
 *
 * @param signal - ends the reading of an archive at once
 * @throws UsageError if there is no such folder or archive
 * @throws UngradableError if nothing of it can be used, or it is refused as a whole: a link, a name that leads out of it
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
  return pathsIn(await listPath(resolve(path), path, assignment, signal), assignment);
}

/** The paths of a listing and of the archives in it, and those of deliverables that are there under other names. */
export function pathsIn(listing: Listed, assignment: Assignment): string[] {
  const { entries, archives = [] } = listing;
  const paths = entries.map(({ path }) => path);
  const renamed = [...wantedBy(assignment)].filter((want) => paths.some((path) => mayBe(path, want)));
  return [...paths, ...renamed, ...archives.flatMap(({ listed }) => pathsIn(listed, assignment))];
}

/**
 * As `readSubmission`, from a listing.
 *
 * @param name - what the submission is called
 * @param shown - what it is called in messages
 * @throws UngradableError if nothing of it can be used, or it is refused as a whole: a link, a name that leads out of it
 */
export async function readListing(
  listing: Listed,
  name: string,
  shown: string,
  assignment: Assignment,
): Promise<Submission> {
  const { texts: found, unusable: unreadable, ignored, assumed } = await selectDeliverables(listing, assignment);
  const absent = assignment.deliverables.filter(({ path }) => !found.has(path));
  const unusable = new Map(
    absent
      .filter(({ optional }) => !optional)
      .map(({ path }) => [path, unreadable.get(path) ?? `${path}: missing; ${TAKE_THE_STUB}`]),
  );
  requireSome(found, unreadable, shown, assignment);
  const files = new Map([...found].sort(([a], [b]) => compareTexts(a, b)));
  return {
    name,
    digest: digestOfSubmission({ files, unusable }),
    files,
    absent: absent.filter(({ optional }) => optional).map(({ path }) => path),
    unusable,
    ignored,
    assumed,
  };
}

const TAKE_THE_STUB = 'hand in the unchanged file of the skeleton if you have not started it';

async function listPath(path: string, shown: string, assignment: Assignment, signal?: AbortSignal): Promise<Listed> {
  const stats = foundAt(path);
  if (!stats) throw new UsageError(`${shown}: no such folder or archive`);
  // A link that the user named is the user's own; links inside a submission are never followed.
  const file = realpathSync(path);
  if (stats.isDirectory())
    return withArchives(listFolder(file, shown, wantedBy(assignment)), shown, assignment, signal);
  if (stats.isFile() && isArchiveName(path)) return listArchiveFile(file, shown, assignment, signal, stats.uid);
  throw new UsageError(`${shown}: neither a folder nor a .zip, .tar.gz, .tgz or .tar archive`);
}

/** The allow-list: nothing else of a submission is ever read. */
export const wantedBy = (assignment: Assignment): Set<string> =>
  new Set(assignment.deliverables.map(({ path }) => path));

/** @throws UngradableError if nothing can be used */
function requireSome(
  texts: ReadonlyMap<string, string>,
  unreadable: ReadonlyMap<string, string>,
  shown: string,
  assignment: Assignment,
): void {
  if (texts.size > 0) return;
  const [why] = unreadable.values();
  if (why !== undefined) throw new UngradableError(why);
  const wanted = [...wantedBy(assignment)].join(', ');
  throw new UngradableError(`${shown}: none of the deliverables was found; ${assignment.id} expects ${wanted}`);
}
