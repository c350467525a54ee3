import * as z from 'zod';
import { CriterionId } from './assignment.ts';

/** Raised when a reader of older files would misread a newer one. */
export const MANUAL_POINTS_VERSION = 1;

/** What a person gave for one criterion, with a word why. */
export const ManualEntry = z.strictObject({
  criterion: CriterionId,
  points: z.number().nonnegative(),
  note: z.string().min(1),
  by: z.string().min(1),
  at: z.iso.datetime(),
  /** What was read: the submission's digest. */
  digest: z.string(),
});

/** `manual.json` beside a report: everything that people gave, in that order; of one criterion the last counts. */
export const ManualPoints = z.strictObject({
  schema: z.literal('im2grade/manual-points'),
  version: z.literal(MANUAL_POINTS_VERSION),
  /** The assignment's id. */
  assignment: z.string(),
  entries: z.array(ManualEntry),
});

export type ManualEntry = z.infer<typeof ManualEntry>;
export type ManualPoints = z.infer<typeof ManualPoints>;
