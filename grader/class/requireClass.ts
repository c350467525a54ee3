import { isArchiveName } from '../intake/listArchives.ts';
import { UsageError } from '../model/errors.ts';

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

/** True if the one folder of a download is the class itself, and not its only student. */
export const isInnerClass = (tops: Tops, wanted: ReadonlySet<string>): boolean =>
  tops.names.length > 1 && !isSubmission(tops, wanted);

/** @throws UsageError if these are the names of one submission */
export function requireClass(tops: Tops, wanted: ReadonlySet<string>, shown: string): void {
  if (isSubmission(tops, wanted))
    throw new UsageError(`${shown}: is a single submission, not a folder of submissions; leave out "class"`);
}
