import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod';
import { parsedJson } from '../common/parsedJson.ts';
import { reweigh } from '../grade/reweigh.ts';
import { selectCriteria } from '../grade/selectCriteria.ts';
import type { Assignment } from '../model/assignment.ts';
import { MachineFault } from '../model/errors.ts';
import { ScoreReport } from '../model/report.ts';
import type { Made } from './Engine.ts';
import type { Job } from './Job.ts';

/** A result that is kept: a failure is none. */
export type Result = Exclude<Made, { type: 'failed' }>;
type Failure = Extract<Made, { type: 'failed' }>;

const Packed = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('graded'), report: ScoreReport }),
  z.strictObject({ type: z.literal('ungradable'), message: z.string().max(100_000) }),
]);

/** The most that a result has, before and after compression: its evidence is limited, but its bytes are not ours. */
const MOST_PACKED = 16 * 1024 * 1024;
const MOST_UNPACKED = 8 * MOST_PACKED;

const PackedFailure = z.strictObject({ message: z.string().max(100_000), report: ScoreReport.optional() });

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** A result as bytes, for another machine. */
export const packResult = (result: Result): Promise<Buffer> => pack(JSON.stringify(result));

/** The same for a failure. */
export const packFailure = ({ error: { message }, partial: report }: Failure): Promise<Buffer> =>
  pack(JSON.stringify({ message, report }));

/**
 * Reads a result that another machine made. Its points are computed from its statuses, with the assignment that is here.
 *
 * @throws MachineFault unless it is a whole result of this very job
 */
export async function unpackResult(bytes: Uint8Array, job: Job, assignment: Assignment): Promise<Result> {
  return readResult(await textIn(bytes), job, assignment);
}

/** The same for a failure. */
export async function unpackFailure(bytes: Uint8Array, job: Job, assignment: Assignment): Promise<Failure> {
  const failure = PackedFailure.safeParse(parsedJson(await textIn(bytes)));
  if (!failure.success) throw unusable('it is damaged');
  const { message, report } = failure.data;
  return {
    type: 'failed',
    error: new MachineFault(message),
    ...(report && { partial: checkedReport(report, job, assignment) }),
  };
}

/** Empty if it cannot be unpacked. */
async function textIn(bytes: Uint8Array): Promise<string> {
  if (bytes.length > MOST_PACKED) throw unusable('it is too large');
  const text = await unpack(bytes, { maxOutputLength: MOST_UNPACKED }).catch(() => undefined);
  return text?.toString() ?? '';
}

/** The same for a result as JSON. */
export function readResult(text: string, job: Job, assignment: Assignment): Result {
  const result = Packed.safeParse(parsedJson(text));
  if (!result.success) throw unusable('it is damaged');
  if (result.data.type === 'ungradable') return result.data;
  return { type: 'graded', report: checkedReport(result.data.report, job, assignment) };
}

function checkedReport(report: ScoreReport, job: Job, assignment: Assignment): ScoreReport {
  if (!isOf(report, job, assignment)) throw unusable('it is of other work');
  return reweigh(assignment, withoutPeople(report));
}

const unusable = (why: string): MachineFault =>
  new MachineFault(`the result of another machine cannot be used: ${why}; grade again`);

/** Who handed it in, when, and what people gave is known here only. */
const withoutPeople = ({
  totals: { late: _1, deducted: _2, awarded: _3, ...totals },
  ...report
}: ScoreReport): ScoreReport => ({
  ...report,
  submission: { ...report.submission, students: [] },
  totals,
  outcomes: report.outcomes.map(({ given: _, ...outcome }) => outcome),
});

/** Whether a report has what a job asks for: this work, these inputs, these criteria, this isolation. */
function isOf(
  { assignment: of, submission, grading, environment, outcomes }: ScoreReport,
  job: Job,
  assignment: Assignment,
) {
  const examined = new Set(outcomes.map(({ id }) => id));
  const wanted = selectCriteria(assignment, job.criteria);
  const isComplete = examined.size === outcomes.length && wanted.length === examined.size;
  return (
    of.id === job.assignment &&
    submission.digest === job.submission.digest &&
    grading.seed === job.seed &&
    grading.only.join() === job.criteria.join() &&
    environment.isolation.tier === job.isolation &&
    isComplete &&
    wanted.every((id) => examined.has(id))
  );
}
