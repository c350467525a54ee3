import * as z from 'zod';
import { CriterionId } from './assignment.ts';
import { Status } from './outcome.ts';

export const REPEAT_REPORT_VERSION = 1;

/** The results of one criterion in several gradings of the same work. */
export const Repeated = z.strictObject({
  id: CriterionId,
  title: z.string(),
  points: z.number(),
  /** In the order of the seeds. */
  runs: z.array(z.strictObject({ status: Status, earned: z.number() })).min(1),
  /** The commonest status. */
  usual: Status,
  /** Number of gradings with another status. */
  flips: z.number().int().nonnegative(),
  /** Points earned in the gradings in which they were not pending. */
  least: z.number().optional(),
  most: z.number().optional(),
});

/** How much of a submission's score is chance: the same work graded repeatedly, each time on fresh inputs. */
export const RepeatReport = z.strictObject({
  schema: z.literal('im2grade/repeat-report'),
  version: z.literal(REPEAT_REPORT_VERSION),
  assignment: z.strictObject({ id: z.string(), version: z.number().int() }),
  submission: z.strictObject({ name: z.string(), digest: z.string() }),
  only: z.array(z.string()),
  seeds: z.array(z.number().int()),
  /** Points earned in each grading, in the order of the seeds. */
  earned: z.array(z.number()),
  criteria: z.array(Repeated),
});

export type Repeated = z.infer<typeof Repeated>;
export type RepeatReport = z.infer<typeof RepeatReport>;
