import { type EntryCall, operationsSoFar, type Real } from '@im2grade/nn';
import { countingAccess } from './countingAccess.ts';
import { shown, sizeOf, type Tensor, tensor } from './tensor.ts';

/** The shapes of a call's inputs and expected outputs; null for an output that is not asked for. */
export interface Shapes {
  readonly inputs: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[] | null)[];
}

/** The inputs of an entry's call as tensors. */
export const tensorsOf = ({ options, inputs }: EntryCall<Shapes>): Tensor[] =>
  options.inputs.map((shape, i) => tensor(shape, inputs[i] as Real));

/**
 * Copies results into the outputs of an entry's call, in their order.
 *
 * @throws TypeError naming the result that is not a tensor of the right shape, and what it is
 */
export function deliver({ options, outputs }: EntryCall<Shapes>, results: Readonly<Record<string, unknown>>): void {
  Object.entries(results).forEach(([name, result], i) => {
    const shape = options.outputs[i];
    if (shape === null) return;
    const problem = problemOf(result, shape);
    if (problem) throw new TypeError(`${name}: returned ${problem}; expected: a tensor of shape ${shown(shape)}`);
    outputs[i].set((result as Tensor).data);
  });
}

function problemOf(result: unknown, shape: readonly number[]): string | undefined {
  if (result instanceof Promise) return 'a Promise (the function must do its work before it returns, without async)';
  const { shape: given, data } = (result ?? {}) as Partial<Tensor>;
  if (!Array.isArray(given) || data === undefined) return result === undefined ? 'nothing' : 'no tensor';
  if (given.join() !== shape.join()) return `a tensor of shape ${shown(given as number[])}`;
  return data.length === sizeOf(shape) ? undefined : `a tensor of shape ${shown(shape)} with ${data.length} numbers`;
}

/** So many calls come after: a function may lend two or three results in turn. */
const LATER = 4;

/** Whether a function is also called on other tensors of the same shapes, and when; after them, several times. */
export interface AmidOthers {
  readonly others?: 'before' | 'after';
}

/**
 * Runs a function on the inputs of a call. If the call asks for it, other tensors come before or after them: what a
 * function keeps from one call to the next, and a result that a later call changes, show then.
 */
export function amidOthers<Result>(call: EntryCall<Shapes & AmidOthers>, run: (...inputs: Tensor[]) => Result): Result {
  const inputs = tensorsOf(call);
  const runOnOthers = () => run(...inputs.map(negated));
  if (call.options.others === 'before') runOnOthers();
  const result = run(...inputs);
  if (call.options.others === 'after') for (let n = 0; n < LATER; n++) runOnOthers();
  return result;
}

const negated = ({ shape, data }: Tensor): Tensor => {
  const values = data.map((value) => -value);
  return tensor(shape, values);
};

/** Whether a call is also asked how many operations it took; that is the last of its outputs then. */
export interface Counted {
  readonly isCounted?: boolean;
}

/** The largest number of 32 bits. */
const MOST = 2 ** 31 - 1;

/** Runs a call of an entry, and counts what reaches parts of arrays in it, if that is asked for. */
export function counting<Call extends EntryCall<Shapes & Counted>>(run: (call: Call) => void): (call: Call) => void {
  return (call) => {
    if (!call.options.isCounted) return run(call);
    const before = operationsSoFar();
    const accesses = countingAccess(() => run(call));
    call.outputs[call.options.outputs.length][0] = Math.min(MOST, operationsSoFar() - before + accesses);
  };
}
