import { MAX_ARCHIVE_BYTES } from '@im2grade/handout/rules';
import { groupBy } from '../common/groupBy.ts';
import { type Listed, Listing } from '../intake/Listing.ts';
import { isArchiveName, listArchive, listArchiveFile, MAX_INNER_BYTES, withArchives } from '../intake/listArchives.ts';
import { baseName, mayBe } from '../intake/plainNames.ts';
import { wantedBy } from '../intake/readSubmission.ts';
import type { Assignment } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import type { Student } from '../model/student.ts';
import type { ClassItem, ClassSource } from './ClassItem.ts';
import type { Owner } from '../platforms/Download.ts';
import { ownersIn } from '../platforms/ownersIn.ts';

/** The hand-in of one student or group in a class, under the name that the download gives it. */
export interface HandIn {
  readonly id: string;
  readonly name: string;
  readonly email?: string | undefined;
  /** Those who handed it in together; at least one. */
  readonly students: readonly Student[];
  readonly isLate: boolean;
  /** ISO 8601 in UTC, if the download says so. */
  readonly handedInAt?: string | undefined;
  /** The entry of the class's folder that is read. */
  readonly source: string;
  /** The folder of its reports: unique on every file system. */
  readonly folder: string;
  /** @throws UngradableError if it cannot be listed, and the reason of the signal if it is aborted */
  list(signal?: AbortSignal): Promise<Listed>;
}

/** Names that the class's own report uses. */
const CLASS_FILES = ['class', 'class.only'].flatMap((name) => [`${name}.json`, `${name}.html`, `${name}.csv`]);

interface Part extends Owner {
  readonly item: ClassItem;
}

/**
 * The hand-ins of a class, sorted by name, in the layout that the download has.
 *
 * @throws UsageError if there is none
 */
export async function handInsOf(source: ClassSource, shown: string, assignment: Assignment): Promise<HandIn[]> {
  const ownerOf = await ownersIn(source.name, source.items);
  const parts = source.items.flatMap((item): Part[] => {
    const owner = ownerOf(item);
    return owner ? [{ ...owner, item }] : [];
  });
  // Only files that a download has split up belong together; a folder and an archive of the same name are two hand-ins.
  const byStudent = groupBy(parts, ({ file, id, item }) =>
    file === undefined ? `item ${item.name}` : `student ${id}`,
  );
  if (byStudent.size === 0)
    throw new UsageError(`${shown}: no submission found; expected a folder or an archive for each student`);
  const taken = new Set(CLASS_FILES);
  return [...byStudent.values()].map((parts) => handInOf(parts, freeFolder(parts[0], taken), assignment));
}

function handInOf(parts: readonly Part[], folder: string, assignment: Assignment): HandIn {
  const latest = parts.filter(({ item }) => isArchive(item)).sort((a, b) => b.order - a.order)[0];
  const chosen = latest ?? parts[0];
  const { id, name, email, students, isLate, handedInAt } = chosen;
  return {
    ...{ id, name, email, students, isLate, handedInAt, folder },
    source: chosen.item.name,
    list: async (signal) =>
      chosen.item.kind === 'folder'
        ? withArchives(chosen.item.list(), chosen.item.name, assignment, signal)
        : listParts(parts, latest, assignment, signal),
  };
}

const isArchive = (item: ClassItem): boolean => item.kind === 'file' && isArchiveName(item.name);

/** The latest archive, if there is one, and the loose files beside it. */
async function listParts(
  parts: readonly Part[],
  latest: Part | undefined,
  assignment: Assignment,
  signal?: AbortSignal,
): Promise<Listed> {
  const archive = latest && (await listItem(latest.item, assignment, signal));
  const loose = listLoose(
    parts.filter(({ item }) => !isArchive(item)),
    assignment,
  );
  if (!archive || loose.entries.length === 0) return archive ?? loose;
  return {
    entries: loose.entries,
    skipped: [],
    assumed: [],
    archives: [{ name: latest.file ?? latest.item.name, listed: archive }],
  };
}

async function listItem(item: ClassItem, assignment: Assignment, signal?: AbortSignal): Promise<Listed> {
  if (item.kind === 'folder') return item.list();
  if (item.disk) return listArchiveFile(item.disk.file, item.name, assignment, signal, item.disk.linksOf);
  const most = /\.zip$/iu.test(item.name) ? MAX_INNER_BYTES : MAX_ARCHIVE_BYTES;
  return listArchive(await item.read(most), item.name, assignment, signal);
}

/** Single files as platforms give them, of each deliverable the latest: its name is numbered if it came again. */
function listLoose(parts: readonly Part[], assignment: Assignment): Listing {
  const listing = new Listing('the files', { maxEntries: Math.max(1, parts.length) });
  const seen = new Set<string>();
  for (const { item, file } of [...parts].sort((a, b) => b.order - a.order)) {
    if (item.kind !== 'file' || file === undefined) continue;
    const name = deliverableOf(file, assignment) ?? file;
    if (!seen.has(name)) listing.add(file, 'file', (maxBytes) => item.read(maxBytes));
    seen.add(name);
  }
  return listing;
}

/** The deliverable that a file is by its name, or may be. */
function deliverableOf(file: string, assignment: Assignment): string | undefined {
  const wanted = [...wantedBy(assignment)];
  return wanted.find((path) => baseName(path) === file) ?? wanted.find((path) => mayBe(file, path));
}

const MAX_FOLDER_NAME = 80;

/** A name made of letters, digits, dots and dashes that is distinct from all taken names on every file system. */
function freeFolder({ name, id }: Owner, taken: Set<string>): string {
  const full = name === id ? name : `${name}-${id}`;
  const clean = full.normalize('NFKC').replace(/[^\p{L}\p{N}._-]+/gu, '_');
  const base = clean.replace(/^[._-]+/u, '').slice(0, MAX_FOLDER_NAME) || 'submission';
  for (let n = 1; ; n++) {
    const folder = n === 1 ? base : `${base}.${n}`;
    const key = folder.toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return folder;
  }
}
