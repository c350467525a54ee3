import { foldedText } from '../common/foldedText.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { type KnownPerson, knownPersons } from '../gradebook/store/knownPersons.ts';
import { sharedNamesOf } from '../gradebook/store/personFor.ts';
import type { HandIn } from './handInsOf.ts';

/** Those of each hand-in whom the gradebook knew before. */
export type KnownHandIns = ReadonlyMap<HandIn, readonly KnownPerson[]>;

/**
 * Whom the gradebook knows of a class before it is recorded; no one is added.
 *
 * @param assignment - its id
 * @param wanted - those of the class that are looked for; all if left out
 */
export async function knownHandIns(
  book: CourseGradebook,
  handIns: readonly HandIn[],
  assignment: string,
  wanted: Iterable<HandIn> = handIns,
): Promise<KnownHandIns> {
  const sharedNames = sharedNamesIn(handIns);
  return book.read(async (db) => {
    const known = new Map<HandIn, readonly KnownPerson[]>();
    for (const handIn of wanted) {
      const { students, called = [], source } = handIn;
      known.set(handIn, await knownPersons(db, students, { assignment, source, called, sharedNames }));
    }
    return known;
  });
}

/** Keys of the names of a class that alone say nothing: several have them, or the roster does not say whose they are. */
export function sharedNamesIn(handIns: readonly HandIn[]): ReadonlySet<string> {
  const doubtful = handIns.flatMap(({ doubtful = [] }) => doubtful.map(foldedText));
  return new Set([...sharedNamesOf(handIns.flatMap(({ students }) => students)), ...doubtful]);
}
