import { type Listed, Listing } from '../intake/Listing.ts';
import {
  isArchiveName,
  listArchive,
  listArchiveFile,
  mostOfInner,
  withArchives,
  withoutArchiveSuffix,
} from '../intake/listArchives.ts';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { unreadableArchive, whyUnreadable } from '../platforms/archiveKinds.ts';
import type { Owner } from '../platforms/Download.ts';
import type { ClassItem } from './ClassItem.ts';
import { deliverableOf } from './deliverableOf.ts';

/** An item of a download, with its owner. */
export interface Part extends Owner {
  readonly item: ClassItem;
}

/**
 * A student's folder, with the archives in it.
 *
 * @throws UngradableError if it cannot be listed
 */
export async function listFolderOf(item: ClassItem, assignment: Assignment, signal?: AbortSignal): Promise<Listed> {
  const listed = await listItem(item, assignment, signal);
  refuseUnreadable(listed, assignment);
  return withArchives(listed, item.name, assignment, signal);
}

/**
 * The files that a platform gives one by one, with the archives among them.
 *
 * @throws UngradableError if they cannot be listed
 */
export async function listParts(parts: readonly Part[], assignment: Assignment, signal?: AbortSignal): Promise<Listed> {
  const [{ item }] = parts;
  if (parts.length === 1 && item.kind === 'file' && isArchiveName(item.name)) return listItem(item, assignment, signal);
  const { archives = [], ...listed } = await withArchives(
    listFiles(parts, assignment),
    'the attempt',
    assignment,
    signal,
  );
  const orders = new Map(parts.map((part) => [nameOf(part), part.order]));
  return { ...listed, archives: archives.map((each) => ({ ...each, order: orders.get(each.name) })) };
}

/** As the student named it; a platform that puts no names before archives gives them as they are. */
const nameOf = ({ file, item }: Part): string | undefined => file ?? (isArchiveName(item.name) ? item.name : undefined);

/**
 * Of each deliverable and each archive the latest: its name is numbered if it came again. If the platform does not say
 * which is later, all are there.
 */
function listFiles(parts: readonly Part[], assignment: Assignment): Listed {
  const listing = new Listing('the files', { maxEntries: Math.max(1, parts.length) });
  const latest = new Map<string, { readonly file: string; readonly order: number }>();
  const skipped: string[] = [];
  const names = new Set(parts.map(nameOf));
  for (const part of parts.toSorted((a, b) => b.order - a.order)) {
    const { item } = part;
    const file = nameOf(part);
    if (item.kind !== 'file' || file === undefined) continue;
    const key = deliverableOf(file, assignment) ?? numberedFrom(file, names) ?? file;
    const later = latest.get(key);
    if (later === undefined) latest.set(key, { file, order: part.order });
    if (later !== undefined && later.order > part.order)
      skipped.push(`${file}: handed in before ${later.file}, which was taken`);
    else listing.add(file, 'file', (maxBytes) => item.read(maxBytes), item.disk);
  }
  return { entries: listing.entries, skipped: [...skipped, ...listing.skipped], assumed: listing.assumed };
}

/** The archive that a platform numbered because it came again: `hw.zip` for `hw-1.zip`, if both are there. */
function numberedFrom(file: string, names: ReadonlySet<string | undefined>): string | undefined {
  if (!isArchiveName(file)) return undefined;
  const name = withoutArchiveSuffix(file);
  const plain = `${name.replace(/-\d+$/u, '')}${file.slice(name.length)}`;
  return names.has(plain) ? plain : undefined;
}

async function listItem(item: ClassItem, assignment: Assignment, signal?: AbortSignal): Promise<Listed> {
  if (item.kind === 'link') throw new UngradableError(`${item.name}: is a symbolic link`);
  if (item.kind === 'folder') return item.list();
  if (item.disk) return listArchiveFile(item.disk.file, item.name, assignment, signal, item.disk.linksOf);
  return listArchive(await item.read(mostOfInner(item.name, assignment)), item.name, assignment, signal);
}

/** @throws UngradableError if a folder has an archive that is not read, and nothing else to grade */
function refuseUnreadable({ entries }: Listed, assignment: Assignment): void {
  const files = entries.filter(({ kind }) => kind === 'file').map(({ path }) => path);
  const archive = files.find((file) => unreadableArchive(file) !== undefined);
  if (archive === undefined) return;
  if (files.some((file) => isArchiveName(file) || deliverableOf(file, assignment) !== undefined)) return;
  throw new UngradableError(whyUnreadable(archive));
}
