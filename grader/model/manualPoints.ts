import * as z from 'zod';
import { CriterionId } from './assignment.ts';

/** Incremented when a reader of older files would misread a newer one. */
export const MANUAL_POINTS_VERSION = 1;

/** The points that a person gave for one criterion, with a reason. */
export const ManualEntry = z.strictObject({
  criterion: CriterionId,
  points: z.number().nonnegative(),
  note: z.string().min(1),
  by: z.string().min(1),
  at: z.iso.datetime(),
  /** What was read: the submission's digest. */
  digest: z.string(),
});

/** `manual.json` next to a report: all points that people gave, in order; the last entry for a criterion counts. */
export const ManualPoints = z.strictObject({
  schema: z.literal('im2grade/manual-points'),
  version: z.literal(MANUAL_POINTS_VERSION),
  /** The assignment's id. */
  assignment: z.string(),
  entries: z.array(ManualEntry),
});

export type ManualEntry = z.infer<typeof ManualEntry>;
export type ManualPoints = z.infer<typeof ManualPoints>;
