import type { Call } from '@im2grade/grader/model/examination.ts';
import type { Axis } from '@im2grade/nn';
import type { RandomData } from './randomData.ts';

/** The sizes of an array's axes, by the names of the axes in their order: `{ n: 2, d: 3 }`. */
export type Shape = Readonly<Record<string, number>>;

/** A call of a function of arrays, with the names that a report gives them. */
export interface NamedCall {
  readonly call: Call;
  readonly inputs: readonly NamedShape[];
  readonly outputs: readonly NamedShape[];
}

interface NamedShape {
  readonly name: string;
  readonly axes: readonly Axis[];
}

/**
 * A call of a function that reads arrays and fills others, which are handed over full of garbage.
 *
 * @param arrays - the shapes of the arrays, by name, in the order in which the entry's function takes them
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
  arrays: { readonly inputs: Readonly<Record<string, Shape>>; readonly outputs: Readonly<Record<string, Shape>> },
  { real }: RandomData,
): NamedCall {
  const [inputs, outputs] = [named(arrays.inputs), named(arrays.outputs)];
  const call: Call = {
    name,
    options,
    inputs: inputs.map(({ axes }) => real(lengthOf(axes))),
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
