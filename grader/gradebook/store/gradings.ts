import { ScoreReport } from '../../model/report.ts';
import { type CourseGradebook, now } from './CourseGradebook.ts';
import type { Database, GradingTable } from './tables.ts';

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
 * Records a finished grading, unless it is recorded. The report's file is written before the row that names it.
 *
 * @param outcome - the report, or why the work cannot be graded
 * @returns what is recorded now: another command may have been first
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
  const isNew = await book.write((db) => insertGrading(db, row));
  const known = isNew ? undefined : await readGrading(book, facts.key);
  if (known) return known;
  if (!isNew) await book.write((db) => replaceGrading(db, row));
  return isReport ? { type: 'graded', report: outcome } : { type: 'ungradable', message: outcome };
}

/** @returns false if there is one of this key */
async function insertGrading(db: Database, row: GradingTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('gradings')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows !== 0n;
}

/** Its report was missing or damaged. */
async function replaceGrading(db: Database, { key, report, reason, machine, at }: GradingTable): Promise<void> {
  await db.updateTable('gradings').set({ report, reason, machine, at }).where('key', '=', key).execute();
}

/** What of a machine may change a score. */
const machineOf = ({ environment: { cpu, cores, platform, gemm, isolation } }: ScoreReport): string =>
  [cpu, `${cores} cores`, platform, gemm, isolation.tier].join(', ');
