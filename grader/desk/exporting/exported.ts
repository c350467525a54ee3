import { countingScores } from '../../course/countingScores.ts';
import { supersededScores } from '../../gradebook/store/published.ts';
import type { Assignment } from '../../model/assignment.ts';
import { UsageError } from '../../model/errors.ts';
import { GRADEBOOK_FORMAT_NAMES, gradebookFormat } from '../../platforms/formats.ts';
import { partNotes, pendingNotes, ungradedNotes } from '../../platforms/pendingNotes.ts';
import { type ScoreTable, scoreTableOf } from '../../platforms/ScoreTable.ts';
import { supersededNotes } from '../../platforms/supersededNotes.ts';
import type { Desk } from '../Desk.ts';

/** What an export would have, or why there is none. */
export interface Exported {
  readonly table: ScoreTable;
  /** What the numbers do not show. */
  readonly notes: readonly string[];
  readonly previews: readonly { readonly format: string; readonly file: string; readonly text: string }[];
}

/** The files of all platforms; a text says why there are none. */
export async function exported(desk: Desk, assignment: Assignment): Promise<Exported | string> {
  try {
    const { table, notes } = await requireTable(desk, assignment);
    const previews = GRADEBOOK_FORMAT_NAMES.map((format) => {
      const { file, renderAll } = gradebookFormat(format)!;
      return { format, file, text: renderAll(table) };
    });
    return { table, notes, previews };
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/**
 * The scores that count, and what they do not show.
 *
 * @throws UsageError if nobody has a score
 */
export async function requireTable(
  { book }: Desk,
  assignment: Assignment,
): Promise<{ table: ScoreTable; notes: readonly string[] }> {
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
  return { table, notes };
}
