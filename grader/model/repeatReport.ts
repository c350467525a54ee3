import * as z from 'zod';
import { CriterionId } from './assignment.ts';
import { Status } from './outcome.ts';

export const REPEAT_REPORT_VERSION = 1;

/** How one criterion came out in several gradings of the same work. */
export const Repeated = z.strictObject({
  id: CriterionId,
  title: z.string(),
  points: z.number(),
  /** In the order of the seeds. */
  runs: z.array(z.strictObject({ status: Status, earned: z.number() })).min(1),
  /** The status that most gradings came to. */
  usual: Status,
  /** Gradings that came to another. */
  flips: z.number().int().nonnegative(),
  /** Points earned where they were not pending. */
  least: z.number().optional(),
  most: z.number().optional(),
});

/** What a submission's score owes to chance: the same work graded again and again, each time on fresh inputs. */
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
