import { giveEntry } from '../course/giveEntry.ts';
import { attemptCalled } from '../gradebook/store/attemptCalled.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { countingEntries, type Entry, NOTHING_GIVEN } from '../gradebook/store/entries.ts';
import type { Assignment } from '../model/assignment.ts';

/** Whether a team may have a place, as far as people have decided. */
export const takesPlace = (entries: readonly Entry[]): boolean =>
  !countingEntries(entries).some(({ kind }) => kind === 'no-place');

/**
 * Decides whether the work of a student's team may have a place: not if it is copied, or if the team has left the course.
 * Its bonus stays until the bonus is given anew.
 *
 * @param student - an id, an address or a name
 * @throws UsageError if that is not one student who handed in something
 */
export async function decidePlace(
  book: CourseGradebook,
  assignment: Assignment,
  student: string,
  { takes, note, by }: { readonly takes: boolean; readonly note: string; readonly by: string },
): Promise<void> {
  const attempt = await book.read((db) => attemptCalled(db, student, assignment.id));
  await giveEntry(book, assignment, attempt, { ...NOTHING_GIVEN, kind: 'no-place', points: takes ? 0 : 1, note, by });
}
