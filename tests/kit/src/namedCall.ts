import type { Call } from '@im2grade/grader/model/examination.ts';
import type { NumberRange } from '@im2grade/grader/model/numberRange.ts';
import type { Axis, Real } from '@im2grade/nn';
import type { RandomData } from './randomData.ts';
import { withinRange } from './withinRange.ts';

/** The sizes of an array's axes, by the names of the axes in their order: `{ n: 2, d: 3 }`. */
export type Shape = Readonly<Record<string, number>>;

/** A call of a function of arrays, with the names that a report gives them. */
export interface NamedCall {
  readonly call: Call;
  readonly inputs: readonly NamedShape[];
  readonly outputs: readonly NamedShape[];
}

/** What a call reads and fills: the shapes of the arrays by name, in the order in which the entry's function takes them. */
interface NamedArrays {
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly outputs: Readonly<Record<string, Shape>>;
  /** Of the inputs that are not just any numbers. */
  readonly ranges?: Readonly<Record<string, NumberRange>>;
}

interface NamedShape {
  readonly name: string;
  readonly axes: readonly Axis[];
}

/**
 * A call of a function that reads arrays and fills others, which are handed over full of garbage.
 *
 * @param data - the numbers of the inputs
 *
 * @example
 * ```ts
 * const arrays = { inputs: { x: { n: 2, d: 3 } }, outputs: { y: { n: 2, d: 3 } } };
 * const { call } = namedCall('relu', {}, arrays, randomData(seed, 'relu'));
 * ```
 */
export function namedCall(
  name: string,
  options: Readonly<Record<string, number>>,
  { ranges = {}, ...arrays }: NamedArrays,
  { real }: RandomData,
): NamedCall {
  const [inputs, outputs] = [named(arrays.inputs), named(arrays.outputs)];
  const valuesOf = ({ name: input, axes }: NamedShape): Real => {
    const [values, range] = [real(lengthOf(axes)), ranges[input]];
    return range === undefined ? values : withinRange(range, values, axes.at(-1)?.size ?? 1);
  };
  const call: Call = {
    name,
    options,
    inputs: inputs.map(valuesOf),
    outputs: outputs.map(({ axes }) => ({ dtype: 'float64', length: lengthOf(axes), fill: 'garbage' })),
  };
  return { call, inputs, outputs };
}

const named = (shapes: Readonly<Record<string, Shape>>): NamedShape[] =>
  Object.entries(shapes).map(([name, shape]) => ({
    name,
    axes: Object.entries(shape).map(([axis, size]) => ({ name: axis, size })),
  }));

const lengthOf = (axes: readonly Axis[]): number => axes.reduce((length, { size }) => length * size, 1);
