import * as z from 'zod';
import { CriterionId, CriterionKind, Visibility } from './assignment.ts';
import { IsolationTier } from './isolation.ts';
import { Finding } from './outcome.ts';
import { Student } from './student.ts';

/** Incremented when a reader of older reports would misread a newer one. */
export const REPORT_VERSION = 2;

/** A finding with its rubric row and the points that it earned. */
export const Outcome = z.strictObject({
  ...Finding.shape,
  id: CriterionId,
  title: z.string(),
  asks: z.string(),
  group: z.string(),
  kind: CriterionKind,
  visibility: Visibility,
  bonus: z.boolean(),
  points: z.number(),
  earned: z.number(),
  /** Who gave the points of a manual criterion, and when. */
  given: z.strictObject({ by: z.string(), at: z.iso.datetime() }).optional(),
  /** The command that examines this criterion again on the same inputs. */
  replay: z.string(),
});

/** How late something was handed in, what the course allows, and how much of its total counts. */
export const Lateness = z.strictObject({
  dueAt: z.iso.datetime(),
  handedInAt: z.iso.datetime(),
  /** By whose calendar days are counted. */
  zone: z.string().optional(),
  grace: z.strictObject({ days: z.number(), seconds: z.number() }).optional(),
  /** Days that the students could spend, and those that they have spent on this. */
  slipDays: z.number().int().optional(),
  slipDaysUsed: z.number().int().optional(),
  seconds: z.number().positive(),
  /** Share of the total that counts, 0..1. */
  keep: z.number().min(0).max(1),
  /** Earned points and bonus, times `keep`. */
  counts: z.number(),
});

/** Sums over counted outcomes; pending points are listed separately and nothing is rescaled. */
export const Totals = z.strictObject({
  earned: z.number(),
  possible: z.number(),
  /** Earned bonus after the cap; not part of `earned`. */
  bonus: z.number(),
  /** All points of the rubric without bonus, whatever was examined. */
  all: z.number(),
  pending: z.array(z.strictObject({ id: CriterionId, points: z.number(), status: z.string() })),
  /** True while points are pending. */
  provisional: z.boolean(),
  /** Only if something is known to be late; `earned` and `bonus` are not changed by it. */
  late: Lateness.optional(),
  /** What the class as a whole gave, with the reason; `bonus` has it already. */
  awarded: z.strictObject({ points: z.number().positive(), note: z.string(), by: z.string() }).optional(),
  /** What a person took from the whole, with the reason; `earned` is what is left. */
  deducted: z.strictObject({ points: z.number().positive(), note: z.string(), by: z.string() }).optional(),
});

/** All outcomes of one grading with the evidence: the one document from which every other format is rendered. */
export const ScoreReport = z.strictObject({
  schema: z.literal('im2grade/score-report'),
  version: z.literal(REPORT_VERSION),
  assignment: z.strictObject({
    id: z.string(),
    title: z.string(),
    version: z.number().int(),
  }),
  submission: z.strictObject({
    name: z.string(),
    /** Those who handed it in together; empty if nothing but the name says who they are. */
    students: z.array(Student),
    digest: z.string(),
    files: z.array(z.strictObject({ path: z.string(), bytes: z.number().int() })),
    /** Files that were present and ignored, if they are worth mentioning. */
    ignored: z.array(z.string()),
    /** What was assumed about files that were not in their places, and which files of models were not taken. */
    assumed: z.array(z.string()).default([]),
    /** Deliverables that could not be used, and why: what needs them earns nothing, the rest was examined. */
    unusable: z.array(z.strictObject({ path: z.string(), reason: z.string() })).default([]),
  }),
  grading: z.strictObject({
    seed: z.number().int(),
    startedAt: z.iso.datetime(),
    seconds: z.record(z.string(), z.number()),
    /** The ids or kinds that the grading was restricted to; empty if all were examined. */
    only: z.array(z.string()),
    command: z.string(),
  }),
  environment: z.strictObject({
    grader: z.string(),
    node: z.string(),
    platform: z.string(),
    cpu: z.string(),
    /** The name of the machine, if it was not the one that ordered the grading. */
    worker: z.string().max(1000).optional(),
    cores: z.number().int(),
    memoryMiB: z.number().int(),
    gemm: z.string(),
    teamSize: z.number().int(),
    /** The data set that the suites examined with; absent when the assignment declares none. */
    data: z.string().optional(),
    isolation: z.strictObject({ tier: IsolationTier, means: z.array(z.string()) }),
  }),
  /** The type checker's messages about the deliverables: shown, but free of charge. */
  warnings: z.array(z.strictObject({ path: z.string(), line: z.number().int(), message: z.string() })),
  totals: Totals,
  outcomes: z.array(Outcome),
});

export type Outcome = z.infer<typeof Outcome>;
export type Lateness = z.infer<typeof Lateness>;
export type Totals = z.infer<typeof Totals>;
export type ScoreReport = z.infer<typeof ScoreReport>;
