import * as z from 'zod';
import { CriterionId, CriterionKind } from './assignment.ts';
import { MeasuredValue } from './evidence.ts';
import { Status } from './outcome.ts';
import { Totals } from './report.ts';
import { Student } from './student.ts';

/** Incremented when a reader of older class reports would misread a newer one. */
export const CLASS_REPORT_VERSION = 2;

/** The result of one criterion for one submission. */
export const ClassCell = z.strictObject({
  status: Status,
  earned: z.number(),
  /** Its time over the reference's, if it was timed. */
  ratio: z.number().optional(),
  /** Seconds of the reference, if it was timed: the same work takes as long on every machine of a kind. */
  reference: z.number().positive().optional(),
  /** The likely cause that its counterexample names. */
  cause: z.string().optional(),
  /** What was measured, and half of its 95 % interval. */
  measured: MeasuredValue.optional(),
});

/** One submission of a class: all that is kept of it while others are graded. */
export const ClassRow = z.strictObject({
  /** As the platform knows it from which it was downloaded. */
  id: z.string(),
  name: z.string(),
  email: z.string().optional(),
  /** Those who handed it in together; at least one. */
  students: z.array(Student),
  isLate: z.boolean(),
  /** What was read: the name of a folder or an archive; empty if nothing was handed in. */
  source: z.string(),
  /** `absent`: on the roster, and handed in nothing. */
  status: z.enum(['graded', 'ungradable', 'grader-error', 'absent']),
  /** Why there is no score; empty if there is one. */
  message: z.string(),
  /** What of the work could not be used, and why: what needs it earned nothing. Absent if all of it was graded. */
  leftOut: z.array(z.string()).optional(),
  digest: z.string().optional(),
  /** The source of the row of the same students that counts in the place of this one; absent if this one counts. */
  countsInstead: z.string().optional(),
  /** Folder of its score report, next to the class report. */
  folder: z.string().optional(),
  totals: Totals.optional(),
  /** The kind of machine that measured its speeds, or else that graded it. */
  machine: z.string().optional(),
  /** The name of this machine, if it was not the one that ordered the grading. */
  worker: z.string().optional(),
  criteria: z.record(CriterionId, ClassCell),
});

/** Submissions that failed the same correctness criteria. */
export const ClassMistake = z.strictObject({
  loses: z.array(CriterionId),
  /**
   * The likely causes that their counterexamples name, the commonest first, each with its number of counterexamples.
   */
  causes: z.array(z.strictObject({ cause: z.string(), rows: z.number().int() })),
  /** Mutants of the assignment that lose exactly these criteria; empty if none does. */
  known: z.array(z.string()),
  /** Indices into `rows`. */
  rows: z.array(z.number().int()),
});

/** The scores of a class. It contains no times and dates: the same class graded again gives the same report. */
export const ClassReport = z.strictObject({
  schema: z.literal('im2grade/class-report'),
  version: z.literal(CLASS_REPORT_VERSION),
  assignment: z.strictObject({ id: z.string(), title: z.string(), version: z.number().int() }),
  grader: z.string(),
  /** Every submission's seed is derived from this one and from what was handed in. */
  seed: z.number().int(),
  only: z.array(z.string()),
  criteria: z.array(
    z.strictObject({
      id: CriterionId,
      title: z.string(),
      kind: CriterionKind,
      points: z.number(),
      bonus: z.boolean(),
    }),
  ),
  rows: z.array(ClassRow),
  /** The commonest first. */
  mistakes: z.array(ClassMistake),
});

export type ClassCell = z.infer<typeof ClassCell>;
export type ClassMistake = z.infer<typeof ClassMistake>;
export type ClassRow = z.infer<typeof ClassRow>;
export type ClassReport = z.infer<typeof ClassReport>;
