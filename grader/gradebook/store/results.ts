import { existsSync } from 'node:fs';
import { isPending, type Status } from '../../model/outcome.ts';
import type { ScoreReport } from '../../model/report.ts';
import { exportedScore } from '../../report/text/exportedScore.ts';
import { type CourseGradebook, keyOf, now } from './CourseGradebook.ts';
import { readReport } from './gradings.ts';
import type { Database } from './tables.ts';

/** What the gradings of an attempt came to. */
export interface NewResult {
  readonly attempt: string;
  /** Their keys. */
  readonly gradings: readonly string[];
  /** Merged, without what people gave. */
  readonly report: ScoreReport;
  readonly isFull: boolean;
}

/** The id of a result: the same gradings of an attempt have one result. */
export const resultIdOf = ({ attempt, gradings }: NewResult): string => keyOf(attempt, ...gradings.toSorted());

/** Records a result; it does not count yet. */
export async function saveResult(book: CourseGradebook, result: NewResult): Promise<string> {
  const { attempt, gradings, report, isFull } = result;
  const id = resultIdOf(result);
  const row = await book.read((db) =>
    db.selectFrom('results').select('report').where('id', '=', id).executeTakeFirst(),
  );
  if (row && existsSync(book.reports.pathOf(row.report))) return id;
  const digest = await book.reports.write(JSON.stringify(report));
  await book.write(async (db) => {
    await db
      .insertInto('results')
      .values({ id, attempt, is_full: isFull ? 1 : 0, gradings: gradings.join(' '), report: digest, at: now() })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ report: digest }))
      .execute();
    const rows = report.outcomes.map(({ id: criterion, status, earned, points, bonus }) => ({
      ...{ result: id, criterion, status, earned, points, bonus: bonus ? 1 : 0 },
    }));
    await db
      .insertInto('outcomes')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  return id;
}

/** Makes a result count, with what people gave and the late policy already applied to `settled`. */
export async function countResult(
  db: Database,
  attempt: string,
  result: string,
  { totals, outcomes }: Pick<ScoreReport, 'totals' | 'outcomes'>,
  held?: 0 | 1,
): Promise<void> {
  const { score, outOf } = exportedScore(totals);
  const pending = outcomes.filter(({ status, bonus }) => !bonus && isPending(status));
  await db
    .updateTable('attempts')
    .set({
      ...{ result, state: 'graded', reason: '', score, out_of: outOf, late_seconds: totals.late?.seconds ?? 0 },
      ...(held === undefined ? {} : { held }),
      pending: pending.reduce((sum, { points }) => sum + points, 0),
    })
    .where('id', '=', attempt)
    .execute();
}

/** The result that counts for an attempt. */
export interface CountingResult {
  readonly id: string;
  readonly isFull: boolean;
  readonly gradings: readonly string[];
  readonly report: ScoreReport;
}

/** Undefined if there is none, or its report cannot be read. */
export async function readResult(book: CourseGradebook, id: string): Promise<CountingResult | undefined> {
  if (id === '') return undefined;
  const row = await book.read((db) => db.selectFrom('results').selectAll().where('id', '=', id).executeTakeFirst());
  const report = row && (await readReport(book, row.report));
  if (!row || !report) return undefined;
  return { id, isFull: row.is_full === 1, gradings: row.gradings.split(' '), report };
}
