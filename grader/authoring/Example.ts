import type { Call } from '../model/examination.ts';
import { optionsOf, type Parameter, parametersOf, sizesOf, type TaskFunction } from './TaskFunction.ts';

/** A call that a person can check by hand, and what the solution makes of it. */
export interface Example {
  readonly task: TaskFunction;
  /** Sizes and other numbers. */
  readonly options: Readonly<Record<string, number>>;
  /** In the order of the function's parameters of that kind. */
  readonly inputs: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
}

/** A fraction that is exact. */
const NUMBER = 0.5;

/** The sizes 2, 3, 4, … in the order in which they occur, and other numbers. */
export function exampleOptions(task: TaskFunction): Record<string, number> {
  const sizes = sizesOf(task);
  return Object.fromEntries(
    optionsOf(task).map((name) => [name, sizes.includes(name) ? 2 + sizes.indexOf(name) : NUMBER]),
  );
}

/** Numbers that a person can check by hand, other ones in each array. */
export function exampleCall(task: TaskFunction): Call {
  const options = exampleOptions(task);
  return {
    name: task.name,
    options,
    inputs: parametersOf(task, 'input').map((parameter, a) =>
      Float64Array.from({ length: lengthOf(parameter, options) }, numbersOf(parameter, a, options)),
    ),
    outputs: parametersOf(task, 'output').map((parameter) => ({
      dtype: 'float64',
      length: lengthOf(parameter, options),
    })),
  };
}

/** Small whole numbers of the signs that are allowed; or in each row 3/4, 3/16, …, the last as large as what is missing. */
function numbersOf({ axes, range }: Parameter, a: number, options: Sizes): (_: unknown, i: number) => number {
  if (range === 'probabilities') {
    const row = sizeOf(axes.at(-1)!, options);
    return (_, i) => {
      const place = (i + a + Math.floor(i / row)) % row;
      return place === row - 1 ? 4 ** -place : 3 * 4 ** -(place + 1);
    };
  }
  const smallest = { any: -3, 'not-negative': 0, positive: 1 }[range ?? 'any'];
  return (_, i) => ((i * 7 + a * 3 + 5) % 9) + smallest;
}

type Sizes = Readonly<Record<string, number>>;

const sizeOf = (axis: string, options: Sizes): number => options[axis] ?? Number(axis);

const lengthOf = ({ axes }: Parameter, options: Sizes): number =>
  axes.reduce((length, axis) => length * sizeOf(axis, options), 1);
