import type { Counterexample, Tensor } from './readCounterexamples.ts';
import type { FunctionRecipe, Recipes } from './recipes.ts';

/** One call of one function, and the array to look at after it. */
export interface Replay {
  readonly counterexample: Counterexample;
  readonly expected: Tensor;
  /** The function of the assignment's entry. */
  readonly name: string;
  readonly inputs: readonly (readonly number[])[];
  /** Lengths of the arrays to fill. */
  readonly outputs: readonly number[];
  /** Which array the law is about. */
  readonly compared: { readonly of: 'inputs' | 'outputs'; readonly index: number };
  readonly exact: boolean;
  /** What the result is compared with: what the report expects, the result from another buffer, or what it was then. */
  readonly against: 'expected' | 'other-buffer' | 'then';
}

/** Arrays beyond this are no counterexample that a grader has shrunk. */
const MOST_ELEMENTS = 2 ** 20;

/**
 * Finds the functions that a counterexample is about, and lays out their arguments.
 *
 * @returns the calls to make, or in one line why there is none
 */
export function planReplays(recipes: Recipes, counterexample: Counterexample): Replay[] | string {
  const { expected, geometry, inputs } = counterexample;
  if (!expected) return 'its arrays are too large to be kept in a report';
  const damaged = [expected, ...inputs].find((tensor) => !fits(tensor, recipes, geometry));
  if (damaged) return `${damaged.name} does not have the size that the geometry gives it`;
  const plans = recipes.functions.flatMap((recipe) => planOf(recipes, recipe, counterexample, expected) ?? []);
  return plans.length > 0 ? plans : 'the report does not hold the inputs that it was found on';
}

function planOf(
  recipes: Recipes,
  recipe: FunctionRecipe,
  counterexample: Counterexample,
  expected: Tensor,
): Replay | undefined {
  const { geometry, criterion } = counterexample;
  const outputs = Object.entries(recipe.outputs);
  const inputs = Object.entries(recipe.inputs);
  const index = outputs.findIndex(([name, { axes }]) => isOf(expected, name, axes));
  const only = inputs.findIndex(([name, axes]) => isOf(expected, name, axes));
  // An array that is only read stands in the report as it was handed over: expected to be the same afterwards.
  const known = index < 0 ? [expected] : counterexample.inputs;
  const given = inputs.map(([name, axes]) => known.find((tensor) => isOf(tensor, name, axes)));
  const missing = (name: string) => given[inputs.findIndex(([input]) => input === name)] === undefined;
  if (index < 0 ? only < 0 : outputs[index][1].from.some(missing)) return undefined;
  const sizeOf = (axes: readonly string[]) => volume(axes.map((axis) => geometry[recipes.axes[axis]]));
  const lengths = [...inputs.map(([, axes]) => sizeOf(axes)), ...outputs.map(([, { axes }]) => sizeOf(axes))];
  if (!lengths.every((length) => length <= MOST_ELEMENTS)) return undefined;
  return {
    counterexample,
    expected,
    name: recipe.name,
    inputs: given.map((tensor, i) => tensor?.values ?? new Array<number>(lengths[i]).fill(0)),
    outputs: lengths.slice(inputs.length),
    compared: index < 0 ? { of: 'inputs', index: only } : { of: 'outputs', index },
    exact: index < 0 || outputs[index][1].exact,
    against: againstOf(recipes, criterion),
  };
}

function againstOf({ itself }: Recipes, criterion: string): Replay['against'] {
  if (itself.buffer.includes(criterion)) return 'other-buffer';
  return itself.others.includes(criterion) ? 'then' : 'expected';
}

const isOf = (tensor: Tensor, name: string, axes: readonly string[]): boolean =>
  tensor.name === name && tensor.axes.map((axis) => axis.name).join() === axes.join();

const fits = ({ axes, values }: Tensor, recipes: Recipes, geometry: Readonly<Record<string, number>>): boolean =>
  axes.every(({ name, size }) => geometry[recipes.axes[name]] === size) &&
  values.length === volume(axes.map(({ size }) => size));

const volume = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
