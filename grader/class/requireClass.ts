import { isArchiveName } from '../intake/listArchives.ts';
import { UsageError } from '../model/errors.ts';
import { isAnyArchive } from '../platforms/archiveKinds.ts';
import { isBrightspaceItem } from '../platforms/brightspace/download.ts';
import { canvasOwner } from '../platforms/canvas/download.ts';
import { iliasOwner, isIliasTeam } from '../platforms/ilias/download.ts';
import { isMoodleItem } from '../platforms/moodle/download.ts';

/** The names directly in a folder or an archive. */
export interface Tops {
  readonly names: readonly string[];
  /** Whether a name in it is a folder that has this path inside. */
  has(name: string, path: string): boolean;
}

/** Files of a teacher, such as a model solution, may be beside this many hand-ins. */
const HAND_INS = 2;

/** True if a folder with these names directly in it belongs to one student. */
function isSubmission({ names, has }: Tops, wanted: ReadonlySet<string>): boolean {
  const paths = [...wanted];
  const folders = new Set(paths.filter((path) => path.includes('/')).map((path) => path.split('/')[0]));
  if (names.some((name) => folders.has(name))) return true;
  const files = new Set(paths.map((path) => path.split('/').at(-1)!));
  if (!names.some((name) => files.has(name))) return false;
  const isHandIn = (name: string) => isArchiveName(name) || [...paths, ...files].some((path) => has(name, path));
  return names.filter(isHandIn).length < HAND_INS;
}

/**
 * True if the one folder of a download is the class itself, and not its only student.
 *
 * @param folder - its name
 * @param tops - what is directly in it
 */
export function isInnerClass(folder: string, tops: Tops, wanted: ReadonlySet<string>): boolean {
  const { names } = tops;
  if (isStudents(folder) || isSubmission(tops, wanted)) return false;
  if (names.some(isStudents)) return true;
  if (isIliasTeam(folder, names)) return false;
  if (names.length === 1) return iliasOwner([emptyFolder(names[0])]) !== undefined;
  return names.length > 1 && !isOneHandIn(names);
}

const emptyFolder = (name: string) => ({
  kind: 'folder' as const,
  name,
  isRepository: false,
  names: () => [],
  read: async () => new Uint8Array(),
});

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
export function requireClass(tops: Tops, wanted: ReadonlySet<string>, shown: string): void {
  if (isSubmission(tops, wanted))
    throw new UsageError(
      `${shown}: is a single submission, not a folder of submissions; name the folder that contains all of them, or grade it alone: grade ${shown}`,
    );
}
