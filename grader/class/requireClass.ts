import { UsageError } from '../model/errors.ts';
import { isAnyArchive } from '../platforms/archiveKinds.ts';
import { isBrightspaceItem } from '../platforms/brightspace/download.ts';
import { canvasOwner } from '../platforms/canvas/download.ts';
import { iliasOwner } from '../platforms/ilias/download.ts';
import { isMoodleItem } from '../platforms/moodle/download.ts';

/** Names or first folders of deliverables: if they are found at the top, it is a submission and not a class. */
const marksOf = (wanted: ReadonlySet<string>): Set<string> =>
  new Set([...wanted].flatMap((path) => [path.split('/')[0], path.split('/').at(-1)!]));

/** True if a folder with these names directly in it belongs to one student. */
const isSubmission = (names: readonly string[], wanted: ReadonlySet<string>): boolean => {
  const marks = marksOf(wanted);
  return names.some((name) => marks.has(name));
};

/**
 * True if the one folder of a download is the class itself, and not its only student.
 *
 * @param folder - its name
 * @param names - what is directly in it
 */
export function isInnerClass(folder: string, names: readonly string[], wanted: ReadonlySet<string>): boolean {
  if (isStudents(folder) || isSubmission(names, wanted)) return false;
  if (names.some(isStudents)) return true;
  if (names.length === 1) return iliasOwner([{ kind: 'folder', name: names[0], isRepository: false }]) !== undefined;
  return names.length > 1 && !isOneHandIn(names);
}

/** True for the name of what a platform puts one student's files into. */
const isStudents = (name: string): boolean =>
  isMoodleItem(name) || isBrightspaceItem(name) || /^submission_\d+$/u.test(name);

const DOCUMENT = /\.(?:pdf|md|txt|docx?|odt|rtf|png|jpe?g|gif|svg|html?|[jt]s|json|ya?ml|log)$/iu;

/** True for an archive with documents beside it. */
function isOneHandIn(names: readonly string[]): boolean {
  const others = names.filter((name) => !isAnyArchive(name));
  return names.length - others.length === 1 && others.every((name) => DOCUMENT.test(name)) && !isCanvas(names);
}

const isCanvas = (names: readonly string[]): boolean =>
  canvasOwner(names.map((name) => ({ kind: 'file', name, read: () => Promise.reject(new Error('names only')) }))) !==
  undefined;

/** @throws UsageError if these are the names of one submission */
export function requireClass(names: readonly string[], wanted: ReadonlySet<string>, shown: string): void {
  if (isSubmission(names, wanted))
    throw new UsageError(`${shown}: is a single submission, not a folder of submissions; leave out "class"`);
}
