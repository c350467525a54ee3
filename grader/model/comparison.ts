import { ClassRow } from './classReport.ts';
import * as z from 'zod';
import { Status } from './outcome.ts';

export const COMPARISON_VERSION = 1;

/** What one of two documents says about a row: a criterion of a report, or a student of a class. */
const Side = z.strictObject({
  /** A class has students who could not be graded. */
  status: z.union([Status, ClassRow.shape.status]),
  earned: z.number(),
  points: z.number(),
});
export type Side = z.infer<typeof Side>;

/** A row of a comparison; a side that lacks it is left out. */
const ComparedRow = z.strictObject({
  id: z.string(),
  title: z.string(),
  first: Side.optional(),
  second: Side.optional(),
});
export type ComparedRow = z.infer<typeof ComparedRow>;

const Compared = z.strictObject({
  name: z.string(),
  /** Of the assignment. */
  version: z.number().int(),
  grader: z.string(),
  seed: z.number().int(),
  /** Absent for a class. */
  earned: z.number().optional(),
  possible: z.number().optional(),
});
export type Compared = z.infer<typeof Compared>;

/** Two score reports, or two class reports, of one assignment side by side. */
export const Comparison = z.strictObject({
  schema: z.literal('im2grade/comparison'),
  version: z.literal(COMPARISON_VERSION),
  of: z.enum(['report', 'class']),
  assignment: z.string(),
  first: Compared,
  second: Compared,
  rows: z.array(ComparedRow),
});
export type Comparison = z.infer<typeof Comparison>;
