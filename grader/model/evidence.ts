import * as z from 'zod';
import { Pictures } from './pictures.ts';

/** A number in JSON: values that JSON cannot represent are written as strings. */
export const Num = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity', '-0'])]);
export type Num = z.infer<typeof Num>;

/** Encodes one number for the report. */
export function toNum(value: number): Num {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  if (value === -Infinity) return '-Infinity';
  // −0 equals 0 wherever results are compared.
  return value === 0 ? 0 : value;
}

/** Decodes one number of the report. */
export const fromNum = (value: Num): number => Number(value);

/** A small tensor with named axes, row-major; the counterexamples of a report are drawn from these. */
export const Tensor = z.strictObject({
  name: z.string(),
  axes: z.array(z.strictObject({ name: z.string(), size: z.number().int().nonnegative() })),
  values: z.array(Num),
  /** Of an input: flat indices of the elements on which the first wrong element depends, if that was tried. */
  used: z.array(z.number().int().nonnegative()).optional(),
});
export type Tensor = z.infer<typeof Tensor>;

/** Tensors larger than this are left out of a report. */
export const MAX_TENSOR_VALUES = 4096;

/** The convolution's sizes, by the originals' names. */
export const GeometryRecord = z.record(z.string(), z.number());
export type GeometryRecord = z.infer<typeof GeometryRecord>;

/**
 * One call of a function of the entry, and the array to look at after it: enough to repeat the call without a suite.
 */
export const Replay = z.strictObject({
  name: z.string(),
  options: z.record(z.string(), z.unknown()),
  /**
   * The name of the counterexample's array; for an array that the result does not depend on only its length, which is
   * filled with zeros.
   */
  inputs: z.array(z.union([z.string(), z.number().int().nonnegative()])),
  /** Lengths of the output arrays. */
  outputs: z.array(z.number().int().nonnegative()),
  compared: z.strictObject({ of: z.enum(['inputs', 'outputs']), index: z.number().int().nonnegative() }),
  /** Copied, never computed: every number must be the same. */
  exact: z.boolean(),
  /**
   * What the law compares the array with: the counterexample's, or the function's own result on a buffer with other
   * contents or on other inputs, which the counterexample does not hold.
   */
  against: z.enum(['expected', 'other-buffer', 'other-inputs']),
});
export type Replay = z.infer<typeof Replay>;

/** The smallest input on which a property fails, ready to be drawn and replayed. */
export const Counterexample = z.strictObject({
  type: z.literal('counterexample'),
  /** The law that does not hold, as a sentence. */
  law: z.string(),
  /** First wrong element by its names, expected, got. */
  message: z.string(),
  cause: z.string().optional(),
  /** Which size, changed alone, makes it hold. */
  nearby: z.string().optional(),
  geometry: GeometryRecord.optional(),
  dtype: z.enum(['float64', 'float32']).optional(),
  inputs: z.array(Tensor).default([]),
  expected: Tensor.optional(),
  got: Tensor.optional(),
  /** Flat index into `expected` of the first wrong element. */
  wrongIndex: z.number().int().optional(),
  seed: z.number().int().optional(),
  path: z.string().optional(),
  runs: z.number().int().optional(),
  shrinks: z.number().int().optional(),
  replay: Replay.optional(),
});

/** The submission did something other than return: it threw, hung, crashed or returned a value of the wrong kind. */
export const Misbehaviour = z.strictObject({
  type: z.literal('misbehaviour'),
  what: z.enum([
    'threw',
    'unequal-barriers',
    'racing-writes',
    'timed-out',
    'crashed',
    'out-of-memory',
    'protocol',
    'returned-something',
  ]),
  message: z.string(),
  geometry: GeometryRecord.optional(),
  /** Which size, changed alone, makes it return. */
  nearby: z.string().optional(),
});

/** The errors of a tensor's elements, row-major; null for elements that were not checked. */
const ErrorMap = z.strictObject({ axes: Tensor.shape.axes, values: z.array(Num.nullable()).max(MAX_TENSOR_VALUES) });
export type ErrorMap = z.infer<typeof ErrorMap>;

/** A gradient check, tensor by tensor. */
export const GradientCheck = z.strictObject({
  type: z.literal('gradient-check'),
  network: z.string(),
  tolerance: z.number(),
  tensors: z.array(
    z.strictObject({
      name: z.string(),
      size: z.number().int(),
      skippedKinks: z.number().int(),
      maxError: Num,
      worstIndex: z.number().int(),
      analytic: Num,
      numeric: Num,
      errors: ErrorMap.optional(),
      /** What all wrong elements have in common. */
      cause: z.string().optional(),
    }),
  ),
});

/**
 * Seconds of one operation, sample by sample: the three implementations were timed in turn on the same inputs. A sample is
 * the fastest call of a turn.
 */
export const Timing = z.strictObject({
  type: z.literal('timing'),
  operation: z.string(),
  geometry: GeometryRecord,
  seconds: z.strictObject({
    submission: z.array(z.number()),
    reference: z.array(z.number()),
    naive: z.array(z.number()),
  }),
  /** Submission over reference: the median of the paired ratios and its 95 % interval. */
  ratio: z.strictObject({ median: z.number(), low: z.number(), high: z.number() }),
  /** Naive over reference: the ratio at which credit reaches 0. */
  naiveRatio: z.number(),
  /** Up to this ratio to the reference, full credit. */
  fullCreditRatio: z.number(),
  credit: z.number(),
  processes: z.number().int(),
});

/**
 * Seconds of one thread, of a team whose members work in turns, and of the team together, sample by sample. The time of
 * one thread is measured in processes that never run a team.
 */
const ScalingSeconds = z.strictObject({
  alone: z.array(z.number()),
  inTurns: z.array(z.number()),
  together: z.array(z.number()),
});

/** Over the time together: the median of the paired ratios and its 95 % interval. */
const SpeedUp = z.strictObject({
  /** What the time together is compared with: the shorter of the two. */
  over: z.enum(['alone', 'inTurns']),
  median: z.number(),
  low: z.number(),
  high: z.number(),
});

/** Speed-up of a team. */
export const Scaling = z.strictObject({
  type: z.literal('scaling'),
  operation: z.string(),
  geometry: GeometryRecord,
  /** Members of the team. */
  team: z.number().int(),
  seconds: z.strictObject({ submission: ScalingSeconds, reference: ScalingSeconds }),
  speedUp: z.strictObject({ submission: SpeedUp, reference: SpeedUp }),
  /** Who did the submission's work; left out if it was not recorded. */
  work: z
    .strictObject({
      /** The largest part that one member did: 1 divided by `team` if all did the same. */
      largestPart: z.number(),
      /** What the team can gain at most if the work is divided like this. */
      mostSpeedUp: z.number(),
    })
    .optional(),
  credit: z.number(),
});

/** Learning curves, an entry per epoch. */
export const LearningCurves = z.strictObject({
  type: z.literal('learning-curves'),
  network: z.string(),
  /** The files that hold them, if they were handed in: then the grader only draws what was written. */
  files: z.array(z.string()).optional(),
  /** The epochs of the longest series; 1, 2, … if left out. */
  epochs: z.array(z.number().int().nonnegative()).optional(),
  series: z.array(
    z.strictObject({
      name: z.string(),
      /** Empty if it was not measured; of curves that were handed in, whatever the training made small. */
      crossEntropy: z.array(Num),
      /** Empty if it was not measured. */
      accuracy: z.array(Num),
      seconds: z.number().optional(),
    }),
  ),
});

/** Maximum number of misread digits in a report. */
export const MAX_MISREAD = 40;

/** Greys of one image, row by row, a byte each (0 black … 255 white), in base64. */
const GreyImage = z.strictObject({
  height: z.number().int().positive(),
  width: z.number().int().positive(),
  pixels: z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/),
});

/** Digits that every student has, read by the submission's network on the trusted side: these may be shown. */
export const PublicDigits = z.strictObject({
  digits: z.number().int(),
  correct: z.number().int(),
  /** The first of those that are read wrongly. */
  misread: z
    .array(z.strictObject({ image: GreyImage, label: z.number().int(), answer: z.number().int() }))
    .max(MAX_MISREAD),
});

/** What the first convolution learned, and its output for one public digit. */
export const FirstLayer = z.strictObject({
  /** Of the whole layer; the tensors may hold fewer. */
  filterCount: z.number().int().positive(),
  /** `[ky][kx][ic][filter]` */
  filters: Tensor,
  digit: GreyImage,
  label: z.number().int(),
  /** `[oy][ox][filter]`: sums and bias, before any activation. */
  activations: Tensor,
});

/** What the trusted side measured on digits that the submission never saw. */
export const Classification = z.strictObject({
  type: z.literal('classification'),
  network: z.string(),
  digits: z.number().int(),
  correct: z.number().int(),
  accuracy: z.number(),
  required: z.number(),
  /** `confusion[label][answer]` counts. */
  confusion: z.array(z.array(z.number().int())),
  publicDigits: PublicDigits.optional(),
  firstLayer: FirstLayer.optional(),
});

/** A value and how well it is known. */
export const MeasuredValue = z.strictObject({
  value: z.number(),
  /** Half of the 95 % interval; 0 if the value is exact. */
  within: z.number().nonnegative(),
});
export type MeasuredValue = z.infer<typeof MeasuredValue>;

/** What was measured of the work: what a leaderboard compares. */
export const Measurement = z.strictObject({
  type: z.literal('measurement'),
  /** What was measured: `test accuracy`. */
  name: z.string(),
  ...MeasuredValue.shape,
  /** True if the value is a share of 1, which is shown in percent. */
  isShare: z.boolean(),
  /** On what: `1000 of 10000 test images`. */
  on: z.string(),
});

/** A sentence, if nothing more is to be shown. */
export const Remark = z.strictObject({
  type: z.literal('remark'),
  message: z.string(),
  /** The person who says it, to the student; absent if the grader does. */
  by: z.string().optional(),
});

export const Evidence = z.discriminatedUnion('type', [
  Counterexample,
  Misbehaviour,
  GradientCheck,
  Timing,
  Scaling,
  LearningCurves,
  Classification,
  Pictures,
  Measurement,
  Remark,
]);
export type Evidence = z.infer<typeof Evidence>;
export type Counterexample = z.infer<typeof Counterexample>;
export type Misbehaviour = z.infer<typeof Misbehaviour>;
export type GradientCheck = z.infer<typeof GradientCheck>;
export type Timing = z.infer<typeof Timing>;
export type Scaling = z.infer<typeof Scaling>;
export type LearningCurves = z.infer<typeof LearningCurves>;
export type Classification = z.infer<typeof Classification>;
export type Measurement = z.infer<typeof Measurement>;
export type GreyImage = z.infer<typeof GreyImage>;
export type PublicDigits = z.infer<typeof PublicDigits>;
export type FirstLayer = z.infer<typeof FirstLayer>;

/** True for what a person says to the student: it is shown whatever the criterion hides. */
export const isComment = (evidence: Evidence): boolean => evidence.type === 'remark' && evidence.by !== undefined;
