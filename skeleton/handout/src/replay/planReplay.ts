import type { Counterexample, Recorded, Tensor } from './readCounterexamples.ts';

/** One call of one function, and the array to look at after it. */
export interface Replay extends Omit<Recorded, 'inputs'> {
  readonly counterexample: Counterexample;
  readonly expected: Tensor;
  readonly inputs: readonly (readonly number[])[];
}

/** A shrunk counterexample has no larger arrays. */
const MOST_ELEMENTS = 2 ** 20;

/**
 * Lays out the arguments of the call that a counterexample was found by.
 *
 * @returns the call to make, or one line that says why there is none
 */
export function planReplay(counterexample: Counterexample): Replay | string {
  const { expected, inputs, replay } = counterexample;
  if (!expected) return 'its arrays are too large to be kept in a report';
  if (!replay) return 'the report does not hold the call that it was found by';
  const damaged = [expected, ...inputs].find(({ axes, values }) => values.length !== volume(axes));
  if (damaged) return `${damaged.name} does not have the size that its axes give it`;
  const given = replay.inputs.map((input) => (typeof input === 'string' ? valuesOf(input, inputs) : zeros(input)));
  const missing = replay.inputs.find((_, i) => given[i] === undefined);
  if (missing !== undefined) return `the report does not hold the input ${missing}`;
  const arrays = { inputs: given as number[][], outputs: replay.outputs };
  const { of, index } = replay.compared;
  const length = of === 'inputs' ? arrays.inputs[index]?.length : arrays.outputs[index];
  if (length !== expected.values.length) return `${expected.name} is not an array of the call`;
  if (Math.max(...arrays.inputs.map((values) => values.length), ...arrays.outputs) > MOST_ELEMENTS)
    return 'its arrays are larger than any that a grader has shrunk';
  return { ...replay, ...arrays, counterexample, expected };
}

const valuesOf = (name: string, inputs: readonly Tensor[]): readonly number[] | undefined =>
  inputs.find((tensor) => tensor.name === name)?.values;

const zeros = (length: number): number[] => new Array<number>(Math.min(length, MOST_ELEMENTS + 1)).fill(0);

const volume = (axes: Tensor['axes']): number => axes.reduce((product, { size }) => product * size, 1);
