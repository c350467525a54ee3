import { giveEntry } from '../course/giveEntry.ts';
import type { Attempt } from '../gradebook/store/attempts.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import type { Entry } from '../gradebook/store/entries.ts';
import type { Assignment } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { points as shown } from '../report/text/numbers.ts';
import { printableLine } from '../report/text/printable.ts';
import { totalsLine } from '../report/text/totals.ts';
import { classPagesNote } from './classPagesNote.ts';
import { ownName } from './ownName.ts';

/**
 * Why something is given, and by whom.
 *
 * @throws UsageError if either is empty
 */
export function noteAndName(given: { readonly note: string; readonly by: string | undefined }): {
  note: string;
  by: string;
} {
  const [note, by] = [printableLine(given.note).trim(), printableLine(given.by ?? ownName()).trim()];
  if (note === '') throw new UsageError('--note: say briefly why');
  if (by === '') throw new UsageError('--by: say who gives the points');
  return { note, by };
}

/** Records what a person gives for an attempt, renews its reports, and prints what was given and the score. */
export async function giveAndPrint(
  book: CourseGradebook,
  assignment: Assignment,
  attempt: Attempt,
  entry: Omit<Entry, 'id' | 'at'>,
  what: string,
): Promise<void> {
  const { replaced, report } = await giveEntry(book, assignment, attempt, entry);
  const score = report ? `Score  ${totalsLine(report.totals)}` : 'It has no score yet; the entry counts when it has';
  process.stdout.write(
    `${printableLine(what)}\n${replacedLine(replaced)}${score}\nSaved in ${printableLine(book.shown)}\n${await classPagesNote(book, assignment.id, [attempt.team])}`,
  );
}

/** What does not count any more; empty if it is nothing. */
function replacedLine(replaced: Entry | undefined): string {
  if (!replaced) return '';
  const { kind, points, note, by } = replaced;
  return `${printableLine(`replaces ${kind === 'comment' ? `"${note}"` : `${shown(points)} (${note})`} by ${by}`)}\n`;
}
