import {
  accumulated,
  axesSwapped,
  firstOnly,
  flipped,
  keptBetweenCalls,
  lowerPrecision,
  meanForSum,
  narrowIndex,
  remainderForgotten,
  strideAndPadding,
  transposed,
} from './field.ts';
import { arithmetic, bound, condition, constant, statement } from './general.ts';
import type { Operator } from './Operator.ts';
import { missingReduction, wrongShare } from './team.ts';

/** The mistakes that are made wherever the code allows them, by name. */
export const OPERATORS = {
  condition,
  bound,
  arithmetic,
  statement,
  constant,
  'axes swapped': axesSwapped,
  'stride or padding': strideAndPadding,
  flipped,
  accumulate: accumulated,
  'mean for sum': meanForSum,
  transposed,
  'first only': firstOnly,
  remainder: remainderForgotten,
  precision: lowerPrecision,
  'narrow index': narrowIndex,
  'kept between calls': keptBetweenCalls,
  share: wrongShare,
  reduction: missingReduction,
} as const satisfies Record<string, Operator>;
