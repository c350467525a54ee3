import { relative, resolve } from 'node:path';
import { groupBy } from '../common/groupBy.ts';
import { countingAttempt } from '../gradebook/store/countingAttempt.ts';
import type { AttemptTable } from '../gradebook/store/tables.ts';
import { teamKey } from '../gradebook/store/teamOf.ts';
import type { ClassRow } from '../model/classReport.ts';
import type { ClassOptions } from './gradeClass.ts';
import type { HandIn } from './handInsOf.ts';
import { knownHandIns } from './knownHandIns.ts';

type Of = Pick<ClassOptions, 'book' | 'assignment' | 'handIns' | 'out' | 'counts'>;

/** A row of a class with what the gradebook has of it. */
interface Recorded {
  readonly row: ClassRow;
  /** Relative to the gradebook's. */
  readonly folder: string;
  readonly attempt: AttemptTable;
}

/**
 * The rows of a class; of students who have several, as two of their addresses are known, each but the one that counts
 * names that one.
 *
 * @param rows - one for each hand-in, in their order, as `gradeClass` returns them
 */
export async function markDoubles(options: Of, rows: readonly ClassRow[]): Promise<ClassRow[]> {
  const recorded = await recordedRows(options, rows);
  const instead = new Map<ClassRow, string>();
  for (const group of groupBy(recorded, ({ attempt }) => attempt.team).values()) {
    const counting = countingAttempt(
      group.map(({ attempt }) => attempt),
      options.counts,
    )!;
    const own = group.filter(({ attempt }) => attempt.id === counting.id);
    const chosen = own.find(({ folder }) => folder === counting.folder) ?? own[0];
    for (const { row } of group) if (row !== chosen.row) instead.set(row, chosen.row.source);
  }
  return rows.map((row) => (instead.has(row) ? { ...row, countsInstead: instead.get(row)! } : row));
}

async function recordedRows({ book, assignment, handIns, out }: Of, rows: readonly ClassRow[]): Promise<Recorded[]> {
  const attempts = await book.read((db) =>
    db.selectFrom('attempts').selectAll().where('assignment', '=', assignment.id).execute(),
  );
  const byFolder = new Map(attempts.map((attempt) => [attempt.folder, attempt]));
  const inBook = (folder: string) => relative(book.folder, resolve(out, folder));
  const folders = handIns.map(({ folder }, at) => inBook(rows[at].folder ?? folder));
  // Of work that was handed in twice, the gradebook has one attempt, with the folder of the second.
  const displaced = new Set(handIns.filter((_, at) => !byFolder.has(folders[at])));
  const known = await knownHandIns(book, handIns, assignment.id, displaced);
  const sameWork = (handIn: HandIn, { digest }: ClassRow) => {
    const team = teamKey((known.get(handIn) ?? []).map(({ id }) => id));
    return attempts.find((attempt) => attempt.team === team && attempt.digest === digest);
  };
  return handIns.flatMap((handIn, at) => {
    const attempt = byFolder.get(folders[at]) ?? sameWork(handIn, rows[at]);
    return attempt ? { row: rows[at], folder: folders[at], attempt } : [];
  });
}
