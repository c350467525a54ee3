import { UsageError } from '../../model/errors.ts';
import type { Made, Pass } from '../Engine.ts';
import type { Job, Order } from '../Job.ts';
import { makeElsewhere } from '../makeElsewhere.ts';
import { packFailure, packResult } from '../packedResult.ts';
import { type Ability, refusal } from '../refusal.ts';
import type { BatchFolder } from './BatchFolder.ts';

interface TaskOptions extends Ability {
  readonly folder: BatchFolder;
  readonly pass: Pass;
  readonly task: number;
  readonly signal: AbortSignal;
  readonly gradeOne: (order: Order) => Promise<Made>;
  /** Says what became of a job. */
  readonly note: (line: string) => void;
}

/**
 * Makes the results of a task that are not there. What fails leaves no result but the reason, and the next run of the task
 * tries again.
 *
 * @returns the number of jobs that failed
 * @throws UsageError before any is made, if this machine must not make them
 */
export async function runTask(options: TaskOptions): Promise<number> {
  const { folder, pass, task, signal, note } = options;
  const jobs = await folder.task(pass, task);
  const left = jobs.filter(({ key }) => !folder.hasResult(key));
  if (left.length < jobs.length) note(`${jobs.length - left.length} of ${jobs.length} results are there`);
  for (const job of left) {
    const why = refusal(job, options);
    if (why !== undefined) throw new UsageError(`a job of ${folder.path} is not made here: ${why}`);
  }
  let failed = 0;
  for (const job of left) {
    if (signal.aborted) break;
    // Another task may have made it meanwhile.
    if (folder.hasResult(job.key)) continue;
    const made = await make(job, options);
    if (signal.aborted) break;
    if (made.type === 'failed') failed++;
    note(`${job.key.slice(0, 12)}: ${made.type === 'failed' ? made.error.message : made.type}`);
  }
  return failed;
}

async function make(job: Job, { folder, gradeOne }: TaskOptions): Promise<Made> {
  const made = await makeElsewhere(job, folder.submissions, gradeOne);
  if (made.type === 'failed') await folder.writeFailure(job.key, await packFailure(made));
  else await folder.writeResult(job.key, await packResult(made));
  return made;
}
