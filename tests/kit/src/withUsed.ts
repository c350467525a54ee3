import type { Call } from '@im2grade/grader/model/examination.ts';
import { type Counterexample, type Evidence, fromNum, type Tensor } from '@im2grade/grader/model/evidence.ts';
import type { Real } from '@im2grade/nn';
import type { Subject } from './Subject.ts';
import { withNumber } from './withNumber.ts';

/** Numbers of all inputs together: each is one call of the reference. */
const MOST_NUMBERS = 200;

/**
 * Counterexamples in which each input says on which of its elements the first wrong element depends: those that change
 * the reference's result if they are changed alone.
 */
export async function withUsed(evidence: readonly Evidence[], reference: Subject): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for (const item of evidence) found.push(item.type === 'counterexample' ? await withUsedIn(item, reference) : item);
  return found;
}

async function withUsedIn(counterexample: Counterexample, reference: Subject): Promise<Counterexample> {
  const wanted = wantedOf(counterexample);
  if (!wanted) return counterexample;
  try {
    return {
      ...counterexample,
      inputs: await inputsOf(counterexample, wanted, (call) => valueIn(reference, call, wanted)),
    };
  } catch {
    // The report shows it without that: changed inputs may be none that the reference takes.
    return counterexample;
  }
}

/** The call of a counterexample and the element that was wrong after it. */
interface Wanted {
  readonly call: Call;
  readonly output: number;
  readonly index: number;
}

/** Undefined if the wrong element is not one that the call alone gives, or the inputs are too many numbers. */
function wantedOf({ replay, inputs, wrongIndex, dtype = 'float64' }: Counterexample): Wanted | undefined {
  if (!replay || wrongIndex === undefined || replay.against !== 'expected' || replay.compared.of !== 'outputs')
    return undefined;
  if (inputs.reduce((sum, { values }) => sum + values.length, 0) > MOST_NUMBERS) return undefined;
  const real = (values: ArrayLike<number> | number): Real =>
    dtype === 'float32' ? new Float32Array(values as number[]) : new Float64Array(values as number[]);
  const arrays = replay.inputs.map((input) => {
    const tensor = inputs.find(({ name }) => name === input);
    return real(tensor ? tensor.values.map(fromNum) : (input as number));
  });
  const outputs = replay.outputs.map((length) => ({ dtype, length, fill: 'zero' as const }));
  const call: Call = { name: replay.name, options: replay.options, inputs: arrays, outputs };
  return { call, output: replay.compared.index, index: wrongIndex };
}

async function valueIn(reference: Subject, call: Call, { output, index }: Wanted): Promise<number> {
  const { outputs } = await reference.call(call);
  return outputs[output][index];
}

async function inputsOf(
  { inputs, replay }: Counterexample,
  { call }: Wanted,
  valueOf: (call: Call) => Promise<number>,
): Promise<Tensor[]> {
  const before = await valueOf(call);
  const found: Tensor[] = [];
  for (const input of inputs) {
    const at = replay!.inputs.indexOf(input.name);
    const used: number[] = [];
    // It becomes the largest, so that it is seen behind a maximum.
    const enough = 1 + 2 * Math.max(0, ...(call.inputs[at] ?? []).map(Math.abs));
    for (let i = 0; at >= 0 && i < input.values.length; i++) {
      const value = await valueOf(withNumber(call, { input: at, index: i }, call.inputs[at][i] + enough));
      if (!Object.is(value, before)) used.push(i);
    }
    found.push(at < 0 ? input : { ...input, used });
  }
  return found;
}
