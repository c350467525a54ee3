import { hostname } from 'node:os';
import { MachineFault } from '../model/errors.ts';
import { hasGraderError } from '../model/outcome.ts';
import type { Made } from './Engine.ts';
import type { Job, Order } from './Job.ts';
import { readFiles, type SubmissionSource } from './submissionFiles.ts';

/**
 * Makes a job whose submission is fetched by its digest. What the grader failed at is no whole result: it may succeed on
 * another machine. Never rejects.
 */
export async function makeElsewhere(
  job: Job,
  source: SubmissionSource,
  gradeOne: (order: Order) => Promise<Made>,
): Promise<Made> {
  try {
    const made = signed(await gradeOne({ job, files: await readFiles(source, job) }));
    const failed = made.type === 'graded' ? made.report.outcomes.filter((outcome) => hasGraderError([outcome])) : [];
    if (failed.length === 0) return made;
    const [{ id, reason }] = failed;
    const error = new MachineFault(`the grader or the machine failed at ${id}: ${reason}`);
    return { type: 'failed', error, ...(made.type === 'graded' && { partial: made.report }) };
  } catch (error) {
    return { type: 'failed', error: error as Error };
  }
}

/** Says which machine made a result: one that measures otherwise than the others is to be found. */
function signed(made: Made): Made {
  if (made.type !== 'graded') return made;
  const environment = { ...made.report.environment, worker: hostname() };
  return { ...made, report: { ...made.report, environment } };
}
