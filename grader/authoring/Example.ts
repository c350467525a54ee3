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

/** Small whole numbers of both signs, other ones in each array. */
export function exampleCall(task: TaskFunction): Call {
  const options = exampleOptions(task);
  return {
    name: task.name,
    options,
    inputs: parametersOf(task, 'input').map((parameter, a) =>
      Float64Array.from({ length: lengthOf(parameter, options) }, (_, i) => ((i * 7 + a * 3 + 5) % 9) - 3),
    ),
    outputs: parametersOf(task, 'output').map((parameter) => ({
      dtype: 'float64',
      length: lengthOf(parameter, options),
    })),
  };
}

const lengthOf = ({ axes }: Parameter, options: Readonly<Record<string, number>>): number =>
  axes.reduce((length, axis) => length * (options[axis] ?? Number(axis)), 1);
