import { dataSetNames } from '@im2grade/data/dataSets';
import { isInModelFolder, MAX_ARCHIVE_BYTES, modelFiles } from '@im2grade/handout/rules';
import * as z from 'zod';
import { IsolationTier } from './isolation.ts';
import { LatePolicy } from './latePolicy.ts';
import { LeaderboardRules } from './leaderboardRules.ts';
import { Weights } from './weights.ts';

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

/** Ids, or lists of them. */
const CriterionIds = z
  .array(z.union([CriterionId, z.array(CriterionId)]))
  .default([])
  .transform((ids) => ids.flat());

export const CriterionKind = z.enum(['correctness', 'speed', 'accuracy', 'policy', 'manual']);
export const Visibility = z.enum(['visible', 'after-due', 'hidden']);

/** One row of the rubric. */
export const Criterion = z.strictObject({
  id: CriterionId,
  title: z.string().min(1),
  /** What the student was asked, in one or two sentences; shown with a lost point. */
  asks: z.string().min(1),
  /** 0 for a self-check: mistakes are reported and cost nothing. */
  points: z.number().nonnegative(),
  kind: CriterionKind,
  visibility: Visibility.default('hidden'),
  /** Bonus points are kept apart from the total and are capped by `bonus.cap`. */
  bonus: z.boolean().default(false),
  /**
   * The deliverables that this criterion examines; those that lost a needed criterion are replaced by the reference's.
   * Empty if a person reads something that is handed in elsewhere, for example on paper.
   */
  examines: z.array(RelativePath).default([]),
  /** Criteria that must have passed; if one did not, the reference's version of what it examines is used instead. */
  needs: CriterionIds,
  /**
   * Criteria of the same functions that compare results with right ones. If all of them are lost, this one counts only if
   * the results depend on the inputs: zeros, constants and copies agree with any law.
   */
  beside: CriterionIds,
  /** Numbers that the suite reads: tolerances, thresholds, budgets. */
  settings: z.record(z.string(), z.number()).default({}),
  /** Set if no machine can examine this yet; the outcome is `not-measurable` with this reason. */
  notMeasurable: z.string().optional(),
});

export const Deliverable = z.strictObject({
  path: RelativePath,
  /** Names that the module must export. */
  exports: z.array(z.string()).default([]),
  optional: z.boolean().default(false),
  /** Bytes instead of text: only suites see it, in base64. */
  binary: z.boolean().default(false),
  /** Its maximum size if it is not `limits.fileBytes`. */
  fileBytes: z.number().int().positive().optional(),
  /**
   * A trained model, in any of the formats that can be read here: `path` has no extension, and what is read of a
   * submission are the files of `modelFiles`, and those of weights that a `model.json` among them names.
   */
  model: z.boolean().default(false),
  /** Of a file of a model: the model's path. */
  modelOf: RelativePath.optional(),
});

interface WithDeliverables {
  readonly deliverables: Deliverable[];
  readonly rubric: readonly { readonly criteria: Criterion[] }[];
}

/** A model is handed in as one or more files, each a deliverable of its own from here on. */
function withModelFiles<T extends WithDeliverables>(assignment: T): T {
  const { deliverables, rubric } = assignment;
  const models = new Map(deliverables.filter(({ model }) => model).map(({ path }) => [path, modelFiles(path)]));
  const filesOf = (path: string): string[] => models.get(path) ?? [path];
  return {
    ...assignment,
    deliverables: deliverables.flatMap((each) =>
      each.model
        ? filesOf(each.path).map((path) => ({
            ...each,
            path,
            model: false,
            modelOf: each.path,
            optional: true,
            binary: true,
          }))
        : [each],
    ),
    rubric: rubric.map((group) => ({
      ...group,
      criteria: group.criteria.map((row) => ({ ...row, examines: row.examines.flatMap(filesOf) })),
    })),
  };
}

/** A leaderboard names criteria of the rubric, and settings that they have. */
function requireRankable(
  {
    leaderboard,
    rubric,
  }: { readonly leaderboard?: LeaderboardRules | undefined; readonly rubric: Assignment['rubric'] },
  issue: (path: (string | number)[], message: string) => void,
): void {
  if (!leaderboard) return;
  const byId = new Map(criteriaOf({ rubric }).map((criterion) => [criterion.id, criterion]));
  for (const part of ['from', 'needs'] as const)
    leaderboard[part].forEach((id, n) => {
      if (!byId.has(id)) issue([part, n], `"${id}" is not a criterion`);
      else if (part === 'from' && byId.get(id)!.kind === 'manual')
        issue([part, n], `"${id}" is judged by a person; a value must be measured`);
    });
  for (const setting of Object.keys(leaderboard.settings ?? {}))
    for (const id of leaderboard.from)
      if (byId.has(id) && !Object.hasOwn(byId.get(id)!.settings, setting))
        issue(['settings', setting], `is not a setting of ${id}`);
}

/** The schema of `skeleton/<assignment>/assignment.yaml`. */
export const Assignment = z
  .strictObject({
    title: z.string().min(1),
    version: z.number().int().positive(),
    /** The module whose exported `entry` the grader calls. */
    entry: RelativePath,
    deliverables: z.array(Deliverable).min(1),
    /**
     * Packages that a deliverable may import. The handout contains them and their dependencies, and no other library.
     */
    packages: z.array(z.string()).default([]),
    /** The data set that the suites use, by its name in `data/`; an assignment may have none. */
    data: z.enum(dataSetNames).optional(),
    /** What its own solutions are proved with, if it is not what submissions are graded with. */
    proof: z.strictObject({ data: z.enum(dataSetNames) }).optional(),
    /** The least isolation under which it is graded; `strict` refuses machines that offer less. */
    isolation: IsolationTier.default('reduced'),
    limits: z.strictObject({
      fileBytes: z.number().int().positive(),
      /** The maximum size of an archive. */
      archiveBytes: z.number().int().positive().default(MAX_ARCHIVE_BYTES),
      buildSeconds: z.number().positive(),
      loadSeconds: z.number().positive(),
      callSeconds: z.number().positive(),
      memoryMiB: z.number().int().positive(),
    }),
    bonus: z
      .strictObject({
        cap: z.number().nonnegative(),
        /** Bonus makes up for lost points, up to the maximum of its part, or of the whole if there are no parts. */
        withinMaximum: z.boolean().default(false),
      })
      .default({ cap: 0, withinMaximum: false }),
    /** How many students may hand in together, if there is a limit; a larger team is shown to a person. */
    teams: z.strictObject({ most: z.number().int().positive() }).optional(),
    /** The late policy; without it lateness is reported and costs nothing. */
    late: LatePolicy.optional(),
    weights: Weights.optional(),
    leaderboard: LeaderboardRules.optional(),
    rubric: z
      .array(
        z.strictObject({
          group: z.string().min(1),
          /** The larger part to which the group belongs, such as one homework of two. */
          part: z.string().min(1).optional(),
          criteria: z.array(Criterion).min(1),
        }),
      )
      .min(1),
  })
  .superRefine((assignment, context) => {
    const paths = new Set(assignment.deliverables.map((deliverable) => deliverable.path));
    const seen = new Set<string>();
    const byId = new Map(criteriaOf(assignment).map((criterion) => [criterion.id, criterion]));
    assignment.rubric.forEach((group, g) => {
      group.criteria.forEach((criterion, c) => {
        const at = ['rubric', g, 'criteria', c];
        const issue = (path: (string | number)[], message: string) =>
          context.addIssue({ code: 'custom', path: [...at, ...path], message });
        if (seen.has(criterion.id)) issue(['id'], `"${criterion.id}" is used twice`);
        criterion.needs.forEach((need, n) => {
          if (!seen.has(need)) issue(['needs', n], `"${need}" is not a criterion above this one`);
        });
        criterion.beside.forEach((id, n) => {
          if (!byId.has(id)) issue(['beside', n], `"${id}" is not a criterion`);
          else if (byId.get(id)!.beside.length > 0) issue(['beside', n], `"${id}" counts beside others itself`);
        });
        if (criterion.points === 0 && criterion.kind === 'manual')
          issue(['points'], 'a manual criterion must be worth points');
        if (criterion.examines.length === 0 && criterion.kind !== 'manual')
          issue(['examines'], 'only a manual criterion may examine no deliverable');
        criterion.examines.forEach((path, e) => {
          if (!paths.has(path)) issue(['examines', e], `"${path}" is not a deliverable`);
        });
        seen.add(criterion.id);
      });
    });
    requireRankable(assignment, (path, message) =>
      context.addIssue({ code: 'custom', path: ['leaderboard', ...path], message }),
    );
  })
  .transform(withModelFiles);

export type Assignment = z.infer<typeof Assignment> & { readonly id: string; readonly folders: AssignmentFolders };
export type Criterion = z.infer<typeof Criterion>;
export type CriterionKind = z.infer<typeof CriterionKind>;
export type Visibility = z.infer<typeof Visibility>;
export type Deliverable = z.infer<typeof Deliverable>;

/** The folders of an assignment's three parts. */
export interface AssignmentFolders {
  readonly skeleton: string;
  readonly reference: string;
  readonly tests: string;
}

/**
 * The deliverable that a file of a submission is. Files of weights may have any names: one in the folder of a model is as
 * the other files of the model are.
 */
export const deliverableAt = ({ deliverables }: Pick<Assignment, 'deliverables'>, path: string) =>
  deliverables.find((each) => each.path === path) ??
  deliverables.find(({ modelOf }) => modelOf !== undefined && isInModelFolder(modelOf, path));

/** The maximum size of a deliverable in bytes. */
export const mostBytesOf = ({ limits }: Pick<Assignment, 'limits'>, { fileBytes }: Deliverable): number =>
  fileBytes ?? limits.fileBytes;

/**
 * An assignment as its own solutions are examined: on the data set on which they were trained, which is here without
 * being fetched.
 */
export const asProved = (assignment: Assignment): Assignment => ({
  ...assignment,
  data: assignment.proof?.data ?? assignment.data,
});

/**
 * The assignment with the settings with which a value is measured that decides a place, such as all images in place of some.
 * Undefined if it has no leaderboard, or every measurement decides.
 */
export function asRanked(assignment: Assignment): Assignment | undefined {
  const { leaderboard, rubric } = assignment;
  if (!leaderboard?.settings) return undefined;
  const { from, settings } = leaderboard;
  const withSettings = (row: Criterion): Criterion =>
    from.includes(row.id) ? { ...row, settings: { ...row.settings, ...settings } } : row;
  return { ...assignment, rubric: rubric.map((group) => ({ ...group, criteria: group.criteria.map(withSettings) })) };
}

/** All criteria in the order of the rubric. */
export function criteriaOf(assignment: Pick<Assignment, 'rubric'>): Criterion[] {
  return assignment.rubric.flatMap((group) => group.criteria);
}
