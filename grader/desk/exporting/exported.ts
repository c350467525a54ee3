import { countingScores } from '../../course/countingScores.ts';
import { courseZones } from '../../gradebook/store/courseDeadline.ts';
import { lastPublished, supersededScores } from '../../gradebook/store/published.ts';
import type { Assignment } from '../../model/assignment.ts';
import { UsageError } from '../../model/errors.ts';
import { GRADEBOOK_FORMAT_NAMES, gradebookFormat } from '../../platforms/formats.ts';
import { partNotes, pendingNotes, ungradedNotes } from '../../platforms/pendingNotes.ts';
import { type ScoreTable, scoreTableOf } from '../../platforms/ScoreTable.ts';
import { supersededNotes } from '../../platforms/supersededNotes.ts';
import { minuteOf } from '../../report/text/minuteOf.ts';
import type { Desk } from '../Desk.ts';

/** When scores were published last. */
export interface Published {
  /** To the minute, with the zone. */
  readonly at: string;
  readonly by: string;
  /** The number of students who have another score now. */
  readonly superseded: number;
}

/** What an export would have, or why there is none. */
export interface Exported {
  readonly table: ScoreTable;
  /** What the numbers do not show. */
  readonly notes: readonly string[];
  readonly published: Published | undefined;
  readonly previews: readonly { readonly format: string; readonly file: string; readonly text: string }[];
}

/** The files of all platforms; a text says why there are none. */
export async function exported(desk: Desk, assignment: Assignment): Promise<Exported | string> {
  try {
    const { table, notes, superseded } = await requireTable(desk, assignment);
    const last = await desk.book.read((db) => lastPublished(db, assignment.id));
    const zoneOf = await desk.book.read(courseZones);
    const published = last && { by: last.by, at: minuteOf(last.at, zoneOf(assignment.id)), superseded };
    const previews = GRADEBOOK_FORMAT_NAMES.map((format) => {
      const { file, renderAll } = gradebookFormat(format)!;
      return { format, file, text: renderAll(table) };
    });
    return { table, notes, published, previews };
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/**
 * The scores that count, what they do not show, and how many of them are not what was published.
 *
 * @throws UsageError if nobody has a score
 */
export async function requireTable(
  { book }: Desk,
  assignment: Assignment,
): Promise<{ table: ScoreTable; notes: readonly string[]; superseded: number }> {
  const { scored, ungraded } = await countingScores(book, assignment);
  if (scored.length + ungraded.length === 0) throw new UsageError('nothing has been handed in');
  const table = scoreTableOf(scored, ungraded);
  const superseded = await book.read((db) => supersededScores(db, assignment.id));
  const notes = [
    ...supersededNotes(superseded, assignment.id),
    ...partNotes(scored),
    ...pendingNotes(table),
    ...ungradedNotes(table),
  ];
  return { table, notes, superseded: superseded.length };
}
