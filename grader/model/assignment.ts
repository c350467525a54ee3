import { dataSetNames } from '@im2grade/data/dataSets';
import * as z from 'zod';
import { IsolationTier } from './isolation.ts';
import { LatePolicy } from './latePolicy.ts';
import { checkWeights, Weights } from './weights.ts';

/** `im2mat.non-square`: kebab words joined by dots. An id never changes once released. */
export const CriterionId = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/,
    'must be kebab words joined by a dot, like im2mat.non-square',
  );

/** A path inside the assignment's folder: forward slashes, no `..`, nothing hidden. */
const RelativePath = z
  .string()
  .regex(/^(?!\/)(?!.*(^|\/)\.)[\w.-]+(\/[\w.-]+)*$/, 'must be a relative path without ".." or hidden parts');

export const CriterionKind = z.enum(['correctness', 'speed', 'accuracy', 'policy', 'manual']);
export const Visibility = z.enum(['visible', 'after-due', 'hidden']);

/** One row of the rubric. */
export const Criterion = z.strictObject({
  id: CriterionId,
  title: z.string().min(1),
  /** What the student was asked, in one or two sentences; shown beside a lost point. */
  asks: z.string().min(1),
  /** 0 for a self-check: what is wrong with it is told, and costs nothing. */
  points: z.number().nonnegative(),
  kind: CriterionKind,
  visibility: Visibility.default('hidden'),
  /** Bonus points stand beside the total and are capped by `bonus.cap`. */
  bonus: z.boolean().default(false),
  /**
   * The deliverables that this criterion examines; the reference's stand in for those that lost a needed criterion. None
   * where a person reads what is handed in elsewhere, on paper perhaps.
   */
  examines: z.array(RelativePath).default([]),
  /** Criteria that must have passed; where one did not, the reference's version of what it examines helps out. */
  /** Ids, or lists of them. */
  needs: z
    .array(z.union([CriterionId, z.array(CriterionId)]))
    .default([])
    .transform((needs) => needs.flat()),
  /** Numbers that the suite reads: tolerances, thresholds, budgets. */
  settings: z.record(z.string(), z.number()).default({}),
  /** Set where no machine can examine this yet; the outcome is `not-measurable` with this reason. */
  notMeasurable: z.string().optional(),
});

export const Deliverable = z.strictObject({
  path: RelativePath,
  /** Names that the module must export. */
  exports: z.array(z.string()).default([]),
  optional: z.boolean().default(false),
  /** Bytes and no text: only suites see it, in base64. */
  binary: z.boolean().default(false),
  /** What it may have where that is not `limits.fileBytes`. */
  fileBytes: z.number().int().positive().optional(),
});

/** What `skeleton/<assignment>/assignment.yaml` must hold. */
export const Assignment = z
  .strictObject({
    title: z.string().min(1),
    version: z.number().int().positive(),
    /** The module whose exported `entry` the grader calls. */
    entry: RelativePath,
    deliverables: z.array(Deliverable).min(1),
    /** Packages that a deliverable may import. The handout holds them and what they need, and no other library. */
    packages: z.array(z.string()).default([]),
    /** The data set that suites examine with, by its name in `data/`; an assignment may have none. */
    data: z.enum(dataSetNames).optional(),
    /** The least that it is graded under; `strict` refuses machines that offer less. */
    isolation: IsolationTier.default('reduced'),
    limits: z.strictObject({
      fileBytes: z.number().int().positive(),
      buildSeconds: z.number().positive(),
      loadSeconds: z.number().positive(),
      callSeconds: z.number().positive(),
      memoryMiB: z.number().int().positive(),
    }),
    bonus: z
      .strictObject({
        cap: z.number().nonnegative(),
        /** Bonus fills up what was lost, and never passes the maximum of its part, or of all where there are no parts. */
        withinMaximum: z.boolean().default(false),
      })
      .default({ cap: 0, withinMaximum: false }),
    /** What late work keeps; without it lateness is told and costs nothing. */
    late: LatePolicy.optional(),
    weights: Weights.optional(),
    rubric: z
      .array(
        z.strictObject({
          group: z.string().min(1),
          /** The larger part that the group belongs to, one homework of two. */
          part: z.string().min(1).optional(),
          criteria: z.array(Criterion).min(1),
        }),
      )
      .min(1),
  })
  .superRefine((assignment, context) => {
    const paths = new Set(assignment.deliverables.map((deliverable) => deliverable.path));
    const seen = new Set<string>();
    assignment.rubric.forEach((group, g) => {
      group.criteria.forEach((criterion, c) => {
        const at = ['rubric', g, 'criteria', c];
        const issue = (path: (string | number)[], message: string) =>
          context.addIssue({ code: 'custom', path: [...at, ...path], message });
        if (seen.has(criterion.id)) issue(['id'], `"${criterion.id}" is used twice`);
        criterion.needs.forEach((need, n) => {
          if (!seen.has(need)) issue(['needs', n], `"${need}" is not a criterion above this one`);
        });
        if (criterion.points === 0 && criterion.kind === 'manual')
          issue(['points'], 'what a person grades must be worth points');
        if (criterion.examines.length === 0 && criterion.kind !== 'manual')
          issue(['examines'], 'only what a person grades can examine nothing that is handed in here');
        criterion.examines.forEach((path, e) => {
          if (!paths.has(path)) issue(['examines', e], `"${path}" is not a deliverable`);
        });
        seen.add(criterion.id);
      });
    });
    if (assignment.weights)
      checkWeights(assignment.weights, assignment.rubric, (path, message) =>
        context.addIssue({ code: 'custom', path: ['weights', ...path], message }),
      );
  });

export type Assignment = z.infer<typeof Assignment> & { readonly id: string; readonly folders: AssignmentFolders };
export type Criterion = z.infer<typeof Criterion>;
export type CriterionKind = z.infer<typeof CriterionKind>;
export type Visibility = z.infer<typeof Visibility>;
export type Deliverable = z.infer<typeof Deliverable>;

/** Where the three parts of an assignment lie. */
export interface AssignmentFolders {
  readonly skeleton: string;
  readonly reference: string;
  readonly tests: string;
}

/** How many bytes a deliverable may have. */
export const mostBytesOf = ({ limits }: Pick<Assignment, 'limits'>, { fileBytes }: Deliverable): number =>
  fileBytes ?? limits.fileBytes;

/** All criteria in the order of the rubric. */
export function criteriaOf(assignment: Pick<Assignment, 'rubric'>): Criterion[] {
  return assignment.rubric.flatMap((group) => group.criteria);
}
