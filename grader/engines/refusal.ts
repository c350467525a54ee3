import type { GemmKind } from '@im2grade/engine/run';
import type { Assignment } from '../model/assignment.ts';
import type { IsolationTier } from '../model/isolation.ts';
import type { ProgramDigests } from './gradingKey.ts';
import { gradingKey } from './gradingKey.ts';
import type { Job } from './Job.ts';

/** What a machine grades with, as far as it decides a result. */
export interface Ability {
  readonly assignment: Assignment;
  readonly program: ProgramDigests;
  readonly gemm: GemmKind;
  readonly isolation: IsolationTier;
}

/** Why this machine must not make a job, in words that end a line; undefined if it may. */
export function refusal(job: Job, { assignment, program, gemm, isolation }: Ability): string | undefined {
  const { assignment: id, program: wanted } = job;
  if (id !== assignment.id) return `it is of ${id}, and ${assignment.id} is graded here`;
  if (wanted.assignment !== program.assignment) return `it needs another version of ${id}: update one of the machines`;
  if (wanted.grader !== program.grader)
    return 'it needs another version of the grader, of its packages or of Node: update one of the machines';
  if (job.gemm !== gemm)
    return `it needs products by ${job.gemm}, and this machine has ${gemm}: set IM2GRADE_GEMM alike`;
  if (job.isolation !== isolation) return `it needs ${job.isolation} isolation, and this machine offers ${isolation}`;
  const { seed, criteria, submission, key } = job;
  const own = gradingKey({ submission: submission.digest, program, gemm, isolation, seed, criteria });
  return own === key ? undefined : 'its key is not that of its contents';
}
