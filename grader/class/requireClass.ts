import { UsageError } from '../model/errors.ts';

/** Names or first folders of deliverables: if they are found at the top, it is a submission and not a class. */
const marksOf = (wanted: ReadonlySet<string>): Set<string> =>
  new Set([...wanted].flatMap((path) => [path.split('/')[0], path.split('/').at(-1)!]));

/** True if a folder with these names directly in it belongs to one student. */
const isSubmission = (names: readonly string[], wanted: ReadonlySet<string>): boolean => {
  const marks = marksOf(wanted);
  return names.some((name) => marks.has(name));
};

/** True if the one folder of a download is the class itself, and not its only student. */
export const isInnerClass = (names: readonly string[], wanted: ReadonlySet<string>): boolean =>
  names.length > 1 && !isSubmission(names, wanted);

/** @throws UsageError if these are the names of one submission */
export function requireClass(names: readonly string[], wanted: ReadonlySet<string>, shown: string): void {
  if (isSubmission(names, wanted))
    throw new UsageError(`${shown}: is a single submission, not a folder of submissions; leave out "class"`);
}
