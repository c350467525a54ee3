import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Assignment } from '../../model/assignment.ts';
import { isPending } from '../../model/outcome.ts';
import { ScoreReport } from '../../model/report.ts';
import { exportedScore } from '../../report/text/exportedScore.ts';
import { type CourseGradebook, keyOf, now } from './CourseGradebook.ts';
import { recordSlipDays } from './slipDays.ts';
import { type Counts, COUNTS, type Database, type GradingTable } from './tables.ts';

/** The result of a finished grading. */
export type Grading =
  { readonly type: 'graded'; readonly report: ScoreReport } | { readonly type: 'ungradable'; readonly message: string };

/** What a grading was made with: gradings of the same key have the same result, except for timing. */
export interface GradingFacts {
  readonly key: string;
  readonly assignment: string;
  readonly submission: string;
  readonly assignmentSources: string;
  readonly graderSources: string;
  readonly seed: number;
}

/** What the gradebook has decided for an assignment; made the first time. */
export async function courseAssignment(
  book: CourseGradebook,
  { id, title, version }: Pick<Assignment, 'id' | 'title' | 'version'>,
): Promise<{ seed: number; counts: Counts; weight: number }> {
  const known = await book.read((db) =>
    db.selectFrom('assignments').selectAll().where('id', '=', id).executeTakeFirst(),
  );
  if (known?.version === version && known.title === title) return { ...known, counts: countsOf(known.counts) };
  return book.write(async (db) => {
    const fresh = { id, title, version, seed: randomInt(1, 2 ** 31), counts: COUNTS[0], weight: 0 };
    await db
      .insertInto('assignments')
      .values(fresh)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ title, version }))
      .execute();
    const row = await db.selectFrom('assignments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    return { ...row, counts: countsOf(row.counts) };
  });
}

export const countsOf = (text: string): Counts => COUNTS.find((each) => each === text) ?? COUNTS[0];

export function setPolicy(
  book: CourseGradebook,
  assignment: string,
  policy: { readonly counts?: Counts; readonly weight?: number },
): Promise<void> {
  return book.write(async (db) => {
    await db.updateTable('assignments').set(policy).where('id', '=', assignment).execute();
  });
}

/** Undefined if this grading was not finished, or its report is missing or damaged. */
export async function readGrading(book: CourseGradebook, key: string): Promise<Grading | undefined> {
  const row = await book.read((db) => db.selectFrom('gradings').selectAll().where('key', '=', key).executeTakeFirst());
  if (!row) return undefined;
  if (row.report === '') return { type: 'ungradable', message: row.reason };
  const report = await readReport(book, row.report);
  return report && { type: 'graded', report };
}

/** What the gradings of these keys were made with, in this order. */
export async function gradingRows(book: CourseGradebook, keys: readonly string[]): Promise<GradingTable[]> {
  if (keys.length === 0) return [];
  const rows = await book.read((db) => db.selectFrom('gradings').selectAll().where('key', 'in', keys).execute());
  return keys.flatMap((key) => rows.find((row) => row.key === key) ?? []);
}

/** Undefined if it is missing, damaged or of another version. */
export async function readReport(book: CourseGradebook, digest: string): Promise<ScoreReport | undefined> {
  const text = await book.reports.read(digest);
  if (text === undefined) return undefined;
  const report = ScoreReport.safeParse(JSON.parse(text));
  return report.success ? report.data : undefined;
}

/**
 * Records a finished grading. The report's file is written before the row that names it.
 *
 * @param outcome - the report, or why the work cannot be graded
 */
export async function saveGrading(
  book: CourseGradebook,
  facts: GradingFacts,
  outcome: ScoreReport | string,
): Promise<Grading> {
  const isReport = typeof outcome !== 'string';
  const report = isReport ? await book.reports.write(JSON.stringify(outcome)) : '';
  const row: GradingTable = {
    ...{ key: facts.key, assignment: facts.assignment, submission: facts.submission, seed: facts.seed },
    ...{ assignment_sources: facts.assignmentSources, grader_sources: facts.graderSources },
    ...{ machine: isReport ? machineOf(outcome) : '', report, reason: isReport ? '' : outcome, at: now() },
  };
  await book.write(async (db) => {
    await db
      .insertInto('gradings')
      .values(row)
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ report, reason: row.reason, at: row.at }))
      .execute();
  });
  return isReport ? { type: 'graded', report: outcome } : { type: 'ungradable', message: outcome };
}

/** What of a machine may change a score. */
const machineOf = ({ environment: { cpu, cores, platform, gemm, isolation } }: ScoreReport): string =>
  [cpu, `${cores} cores`, platform, gemm, isolation.tier].join(', ');

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
  await recordSlipDays(db, attempt, totals.late?.slipDaysUsed ?? 0);
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
