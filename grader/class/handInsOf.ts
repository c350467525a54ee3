import { FileNames } from '../common/FileNames.ts';
import { groupBy } from '../common/groupBy.ts';
import type { Listed } from '../intake/Listing.ts';
import { isArchiveName } from '../intake/listArchives.ts';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError, UsageError } from '../model/errors.ts';
import type { Student } from '../model/student.ts';
import type { ClassItem, ClassSource } from './ClassItem.ts';
import { deliverableOf } from './deliverableOf.ts';
import { listFolderOf, listParts, type Part } from './listAttempt.ts';
import type { Owner } from '../platforms/Download.ts';
import { withFilesOfFolders } from './withFilesOfFolders.ts';
import { unreadableArchive, whyUnreadable } from '../platforms/archiveKinds.ts';
import { layoutOf } from '../platforms/layoutOf.ts';

/** What one attempt consists of. */
interface AttemptFiles {
  readonly isLate: boolean;
  /** ISO 8601 in UTC, if the download says so. */
  readonly handedInAt?: string | undefined;
  /** The same without a zone, if the download says no more. */
  readonly handedInLocal?: string | undefined;
  /** What the platform numbers it with; undefined if it has one attempt of each student. */
  readonly attempt: number | undefined;
  /** The entry of the class's folder that is read. */
  readonly source: string;
  /** The folder of its reports: unique on every file system. */
  readonly folder: string;
  /** @throws UngradableError if it cannot be listed, and the reason of the signal if it is aborted */
  list(signal?: AbortSignal): Promise<Listed>;
}

/** The hand-in of one student or group in a class, under the name that the download gives it: their last attempt. */
export interface HandIn extends AttemptFiles {
  readonly id: string;
  readonly name: string;
  readonly email?: string | undefined;
  /** Those who handed it in together; at least one. */
  readonly students: readonly Student[];
  /** What the download calls each of them, if it has only a name for them and the roster has more. */
  readonly called?: readonly (string | undefined)[] | undefined;
  /** Those of their names of which a roster does not say whose they are, although it has them. */
  readonly doubtful?: readonly string[] | undefined;
  /** Their attempts before it that are in the same download, the oldest first. */
  readonly earlier: readonly AttemptFiles[];
  /** How many of their attempts in the same download came after this one. */
  readonly age: number;
  /** The platform's number of an attempt in another download, by its name there; undefined if it has none. */
  readonly numberOf: (source: string) => number | undefined;
}

/** Whether the download says when it was handed in. */
export const isTimed = ({ handedInAt, handedInLocal }: HandIn): boolean => (handedInAt ?? handedInLocal) !== undefined;

/** Whether the platform numbers another attempt of the same student, in an earlier download, as a later one. */
export const isOlderThan = ({ attempt, numberOf }: HandIn, source: string): boolean =>
  attempt !== undefined && (numberOf(source) ?? attempt) > attempt;

/** The attempts before a hand-in, each as a hand-in. */
export const earlierAttempts = (handIn: HandIn): HandIn[] =>
  handIn.earlier.map((files, at, { length }) => ({ ...handIn, ...files, earlier: [], age: length - at }));

/** Names that the class's own reports use. */
const CLASS_FILES = [
  ...['class', 'class.only'].flatMap((name) => [`${name}.json`, `${name}.html`, `${name}.csv`]),
  'similar.html',
];

/** What a class's download contains. */
export interface ClassContents {
  readonly handIns: readonly HandIn[];
  /** What a person should know about the download, a line for each. */
  readonly notes: readonly string[];
}

/**
 * The hand-ins of a class, sorted by name, in the layout that the download has.
 *
 * @throws UsageError if there is none
 */
export async function readClass(source: ClassSource, shown: string, assignment: Assignment): Promise<ClassContents> {
  const items = withFilesOfFolders(source.items);
  const { ownerOf, notes } = await layoutOf(source.name, items, wordsOf(assignment));
  const isAlias = (item: ClassItem) => item.kind === 'link' && item.leadsTo !== undefined;
  const aliases = items.filter(isAlias);
  const parts = items.flatMap((item): Part[] => {
    const owner = isAlias(item) ? undefined : ownerOf(item);
    return owner ? [{ ...owner, item }] : [];
  });
  const byStudent = groupBy(parts, ({ key, item }) => (key === undefined ? `item ${item.name}` : `student ${key}`));
  if (byStudent.size === 0)
    throw new UsageError(`${shown}: no submission found; expected a folder or an archive for each student`);
  const folders = new FileNames(CLASS_FILES);
  return {
    handIns: [...byStudent.values()].map((parts) => ({
      ...handInOf(parts, folders.nameFor(shownOwner(parts[0])), assignment),
      numberOf: (source) => ownerOf({ kind: 'file', name: source, read: async () => new Uint8Array() })?.attempt,
    })),
    notes: [...notes, ...aliases.map(({ name }) => `${name} is a link to another submission, and not one of its own`)],
  };
}

/** The hand-ins alone, as `readClass` has them. */
export const handInsOf = async (source: ClassSource, shown: string, assignment: Assignment): Promise<HandIn[]> => [
  ...(await readClass(source, shown, assignment)).handIns,
];

const wordsOf = ({ id, title }: Assignment): string[] => `${id} ${title}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);

function handInOf(found: readonly Part[], folder: string, assignment: Assignment): Omit<HandIn, 'numberOf'> {
  const all = isOrderKnown(found)
    ? found
    : found.map((part) => ({ ...part, attempt: undefined, problem: unclear(found) }));
  const attempts = [...groupBy(all, ({ attempt = 0 }) => attempt)].sort(([a], [b]) => a - b).map(([, parts]) => parts);
  const last = attempts.pop()!;
  const earlier = attempts.map((parts, at) => filesOf(parts, `${folder}/attempts/${at + 1}`, assignment));
  return { ...whose(chosenOf(last)), ...filesOf(last, folder, assignment), earlier, age: 0 };
}

/** Whether it is known of all attempts which came first, or there is only one. */
const isOrderKnown = (parts: readonly Part[]): boolean =>
  parts.every(({ attempt }) => attempt === undefined) || parts.every(({ attempt }) => attempt !== undefined);

const unclear = (parts: readonly Part[]): string =>
  `several attempts, and it is not clear which is the last: ${parts.map(({ item }) => item.name).join('; ')}; remove the others`;

/** The part that stands for an attempt: its latest archive, or else a file that can be graded. */
function chosenOf(attempt: readonly Part[]): Part {
  const parts = attempt.filter(({ problem }) => problem === undefined);
  return latestArchive(parts) ?? parts[0] ?? attempt[0];
}

const isArchive = (item: ClassItem): boolean => item.kind === 'file' && isArchiveName(item.name);

const latestArchive = (parts: readonly Part[]): Part | undefined =>
  parts.filter(({ item }) => isArchive(item)).sort((a, b) => b.order - a.order)[0];

function filesOf(attempt: readonly Part[], folder: string, assignment: Assignment): AttemptFiles {
  const chosen = chosenOf(attempt);
  const parts = attempt.filter(({ problem }) => problem === undefined);
  const problem = parts.length === 0 ? attempt[0].problem : problemOf(parts, assignment);
  return {
    attempt: attempt[0].attempt,
    isLate: attempt.some(({ isLate }) => isLate),
    handedInAt: chosen.handedInAt,
    handedInLocal: chosen.handedInLocal,
    folder,
    source: chosen.item.name,
    list: async (signal) => {
      if (problem !== undefined) throw new UngradableError(problem);
      return chosen.item.kind === 'folder'
        ? listFolderOf(chosen.item, assignment, signal)
        : listParts(parts, assignment, signal);
    },
  };
}

const shownOwner = ({ name, id }: Owner): string => (name === id ? name : `${name}-${id}`);

/** Names as all programs compare them: macOS takes letters apart, and folders may begin or end with a space. */
const whose = ({ id, name, email, students }: Owner): Pick<HandIn, 'id' | 'name' | 'email' | 'students'> => ({
  id: tidy(id),
  name: tidy(name),
  email,
  students: students.map((student) => ({ ...student, name: tidy(student.name) })),
});

const tidy = (name: string): string => name.normalize('NFC').trim() || name;

/** Why the files of an attempt cannot be graded, as far as their names say. */
function problemOf(parts: readonly Part[], assignment: Assignment): string | undefined {
  const folders = parts.filter(({ item }) => item.kind === 'folder');
  if (folders.length > 1) return unclear(folders);
  const files = parts.map(({ file, item }) => file ?? item.name);
  const archive = files.find((file) => unreadableArchive(file) !== undefined);
  if (latestArchive(parts) || archive === undefined) return undefined;
  if (files.some((file) => deliverableOf(file, assignment) !== undefined)) return undefined;
  return whyUnreadable(archive);
}
