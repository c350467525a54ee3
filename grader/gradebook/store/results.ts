import { groupBy } from '../../common/groupBy.ts';
import { worthOf } from '../../common/round.ts';
import { MeasuredValue } from '../../model/evidence.ts';
import { isPending, type Status } from '../../model/outcome.ts';
import type { Outcome, ScoreReport } from '../../model/report.ts';
import { tellingEvidence } from '../../report/class/tellingEvidence.ts';
import { exportedScore } from '../../report/text/exportedScore.ts';
import { type CourseGradebook, keyOf, now } from './CourseGradebook.ts';
import { readReport } from './gradings.ts';
import { recordSlipDays } from './slipDays.ts';
import type { AttemptTable, Database, OutcomeTable, ResultTable } from './tables.ts';

/** What the gradings of an attempt came to. */
export interface NewResult {
  readonly attempt: string;
  /** Their keys. */
  readonly gradings: readonly string[];
  /** Digest of the rubric that they were scored with. */
  readonly rubric: string;
  /** Merged, without what people gave. */
  readonly report: ScoreReport;
  readonly isFull: boolean;
}

/** The id of a result: the same gradings of an attempt, scored with the same rubric, have one result. */
export const resultIdOf = ({ attempt, gradings, rubric }: Pick<NewResult, 'attempt' | 'gradings' | 'rubric'>): string =>
  keyOf(attempt, ...gradings.toSorted(), rubric);

/** Records a result; it does not count yet. */
export async function saveResult(book: CourseGradebook, result: NewResult): Promise<string> {
  const { attempt, gradings, report, isFull } = result;
  const id = resultIdOf(result);
  const known = await readResult(book, id);
  if (known && book.reports.has(known.report)) return id;
  const digest = await book.reports.write(JSON.stringify(report));
  const { version } = report.assignment;
  const row = {
    id,
    attempt,
    is_full: isFull ? 1 : 0,
    gradings: gradings.join(' '),
    report: digest,
    at: now(),
    version,
    left_out: leftOutOf(report),
  };
  await book.write(async (db) => {
    await db
      .insertInto('results')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ report: digest }))
      .execute();
    const rows = report.outcomes.map((outcome) => rowOf(id, outcome));
    await db
      .insertInto('outcomes')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  return id;
}

const leftOutOf = ({ submission: { unusable } }: ScoreReport): string =>
  unusable.length === 0 ? '' : JSON.stringify(unusable.map(({ reason }) => reason));

function rowOf(result: string, outcome: Outcome): OutcomeTable {
  const { id: criterion, status, earned, points, bonus } = outcome;
  const { ratio = 0, cause = '', measured } = tellingEvidence(outcome);
  const value = measured ? JSON.stringify(measured) : '';
  return { result, criterion, status, earned, points, bonus: bonus ? 1 : 0, ratio, cause, measured: value };
}

/**
 * Makes a result count, with what people gave and the late policy already applied to `settled`.
 *
 * @param attempt - as it was read: if another command has changed what counts since, nothing is written
 * @returns whether it counts now
 */
export async function countResult(
  db: Database,
  attempt: Pick<AttemptTable, 'id' | 'result' | 'held'>,
  result: string,
  { totals, outcomes }: Pick<ScoreReport, 'totals' | 'outcomes'>,
): Promise<boolean> {
  const { score, outOf } = exportedScore(totals);
  const pending = outcomes.filter(({ status, bonus }) => !bonus && isPending(status));
  const { numUpdatedRows } = await db
    .updateTable('attempts')
    .set({
      ...{ result, state: 'graded', reason: '', score, out_of: outOf, late_seconds: totals.late?.seconds ?? 0 },
      pending: worthOf(pending),
    })
    .where('id', '=', attempt.id)
    .where('result', '=', attempt.result)
    .where('held', '=', attempt.held)
    .executeTakeFirst();
  const counts = numUpdatedRows > 0n;
  if (counts) await recordSlipDays(db, attempt.id, totals.late?.slipDaysUsed ?? 0);
  return counts;
}

/**
 * Lets a result wait until somebody publishes: it has more criteria than the one that was published.
 *
 * @param attempt - as it was read: if another command has decided on it since, nothing is written
 */
export async function letWait(
  db: Database,
  { id, result: held }: Pick<AttemptTable, 'id' | 'result'>,
  waiting: string,
): Promise<void> {
  const update = db.updateTable('attempts').set({ waiting }).where('id', '=', id);
  await update.where('result', '=', held).where('held', '=', 1).execute();
}

/** Makes the results that wait count. @returns the teams to count again */
export async function endWaiting(db: Database, assignment: string): Promise<string[]> {
  const of = db.selectFrom('attempts').select(['id', 'team', 'waiting']).where('assignment', '=', assignment);
  const rows = await of.where('waiting', '!=', '').execute();
  for (const { id, waiting: result } of rows)
    await db.updateTable('attempts').set({ result, waiting: '' }).where('id', '=', id).execute();
  return [...new Set(rows.map(({ team }) => team))];
}

/**
 * The result of an attempt that has more criteria than the held one, which is of some criteria; of several the one with
 * most, the latest. Empty if there is none.
 */
export async function fullerResult(db: Database, { id, result: counting, held }: AttemptTable): Promise<string> {
  if (held === 0) return '';
  const rows = await db
    .selectFrom('results')
    .innerJoin('outcomes', 'outcomes.result', 'results.id')
    .select(({ fn }) => ['results.id', 'results.at', 'results.is_full', fn.countAll<number>().as('criteria')])
    .where('results.attempt', '=', id)
    .groupBy(['results.id', 'results.at', 'results.is_full'])
    .orderBy('results.at', 'desc')
    .execute();
  const known = rows.find((row) => row.id === counting);
  if (!known || known.is_full === 1) return '';
  const most = rows.reduce((best, row) => (Number(row.criteria) > Number(best.criteria) ? row : best), rows[0]);
  return Number(most.criteria) > Number(known.criteria) ? most.id : '';
}

/** A result as the gradebook has it. */
export interface Result {
  readonly id: string;
  /** Of the assignment; 0 if an older grader recorded the result. */
  readonly version: number;
  readonly isFull: boolean;
  readonly gradings: readonly string[];
  /** Digest of the report's file. */
  readonly report: string;
  readonly at: string;
  /** Why some of the work could not be used; empty if all of it could. */
  readonly leftOut: readonly string[];
}

const resultOf = ({ id, version, is_full: isFull, gradings, report, at, left_out: leftOut }: ResultTable): Result => ({
  ...{ id, version, isFull: isFull === 1, gradings: gradings.split(' '), report, at },
  leftOut: leftOut === '' ? [] : (JSON.parse(leftOut) as string[]),
});

/** Undefined if there is none. */
export async function readResult(book: CourseGradebook, id: string): Promise<Result | undefined> {
  if (id === '') return undefined;
  const row = await book.read((db) => db.selectFrom('results').selectAll().where('id', '=', id).executeTakeFirst());
  return row && resultOf(row);
}

/** A result with all its evidence. */
export interface ReportedResult extends Omit<Result, 'report'> {
  readonly report: ScoreReport;
}

/** Undefined if there is none, or its report cannot be read. */
export async function readReportedResult(book: CourseGradebook, id: string): Promise<ReportedResult | undefined> {
  const result = await readResult(book, id);
  const report = result && (await readReport(book, result.report));
  return report && { ...result, report };
}

/** What a criterion came to in a result, without its evidence. */
export type ResultOutcome = Pick<Outcome, 'id' | 'status' | 'earned' | 'points' | 'bonus'> &
  ReturnType<typeof tellingEvidence>;

export interface ScoredResult extends Result {
  readonly outcomes: readonly ResultOutcome[];
}

/** Results with what their criteria came to, by id: no report is read. */
export async function scoredResults(db: Database, ids: readonly string[]): Promise<Map<string, ScoredResult>> {
  const scored = new Map<string, ScoredResult>();
  const once = oneOfEqualTexts();
  for (let at = 0; at < ids.length; at += CHUNK) {
    const chunk = ids.slice(at, at + CHUNK);
    const results = await db.selectFrom('results').selectAll().where('id', 'in', chunk).execute();
    const rows = await db.selectFrom('outcomes').selectAll().where('result', 'in', chunk).execute();
    const outcomesOf = groupBy(rows, ({ result }) => result);
    for (const row of results)
      scored.set(row.id, {
        ...resultOf(row),
        outcomes: (outcomesOf.get(row.id) ?? []).map((each) => outcomeOf(each, once)),
      });
  }
  return scored;
}

const CHUNK = 500;

const outcomeOf = (
  { criterion, status, earned, points, bonus, ratio, cause, measured }: OutcomeTable,
  once: (text: string) => string,
): ResultOutcome => ({
  ...{ id: once(criterion), status: once(status) as Status, earned, points, bonus: bonus === 1 },
  ...(ratio > 0 && { ratio }),
  ...(cause !== '' && { cause: once(cause) }),
  ...(measured !== '' && { measured: MeasuredValue.parse(JSON.parse(measured)) }),
});

/** The database makes a text for each row: of a class, tens of thousands of the same few. */
function oneOfEqualTexts(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const one = known.get(text) ?? text;
    known.set(text, one);
    return one;
  };
}
