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

const Packed = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('graded'), report: ScoreReport }),
  z.strictObject({ type: z.literal('ungradable'), message: z.string().max(100_000) }),
]);

/** The most that a result has, before and after compression: its evidence is limited, but its bytes are not ours. */
const MOST_PACKED = 16 * 1024 * 1024;
const MOST_UNPACKED = 8 * MOST_PACKED;

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** A result as bytes, for another machine. */
export const packResult = (result: Result): Promise<Buffer> => pack(JSON.stringify(result));

/**
 * Reads a result that another machine made. Its points are computed from its statuses, with the assignment that is here.
 *
 * @throws MachineFault unless it is a whole result of this very job
 */
export async function unpackResult(bytes: Uint8Array, job: Job, assignment: Assignment): Promise<Result> {
  const wrong = (why: string) => new MachineFault(`the result of another machine cannot be used: ${why}; grade again`);
  if (bytes.length > MOST_PACKED) throw wrong('it is too large');
  const text = await unpack(bytes, { maxOutputLength: MOST_UNPACKED }).catch(() => undefined);
  const result = Packed.safeParse(text && parsedJson(text.toString()));
  if (!result.success) throw wrong('it is damaged');
  if (result.data.type === 'ungradable') return result.data;
  const { report } = result.data;
  if (!isOf(report, job, assignment)) throw wrong('it is of other work');
  return { type: 'graded', report: reweigh(assignment, report) };
}

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
