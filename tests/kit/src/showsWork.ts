import type { Call, Values } from '@im2grade/grader/model/examination.ts';
import { randomData } from './randomData.ts';
import { isSubmissionFault, type Subject } from './Subject.ts';

/** A function that forgets all images or channels but one works out more than this share of the numbers. */
const SHARE = 0.15;

/** A call that was answered, and who can make it. */
export interface Sample {
  readonly call: Call;
  readonly submission: Subject;
  readonly reference: Subject;
}

type Numbers = Float64Array | Float32Array;

/**
 * Whether the submission's results depend on its inputs: at least a certain share of the different numbers that the
 * reference works out. Zeros, constants, a copied number and a copy of an input show no work. A wrong result does: a
 * flipped kernel, a missing channel, a mean for a sum.
 *
 * @param samples - calls of one function; their inputs are replaced by other numbers
 */
export async function showsWork(samples: readonly Sample[]): Promise<boolean> {
  let [own, right] = [0, 0];
  for (const [i, { call, submission, reference }] of samples.entries()) {
    const pair = [withNumbers(call, 2 * i), withNumbers(call, 2 * i + 1)] as const;
    const results = await bothAnswers(submission, pair);
    if (!results) continue;
    const expected = (await bothAnswers(reference, pair))!;
    const given = pair[0].inputs.filter(isReal);
    expected.forEach((each, output) => {
      // A single number that is different everywhere is no work yet.
      right += Math.max(0, workedOut(each, given) - 1);
      own += Math.max(0, workedOut(results[output], given) - 1);
    });
  }
  return own >= SHARE * right;
}

/** The numbers of an output, for one input and for another. */
type Pair = readonly [Numbers, Numbers];

async function bothAnswers(subject: Subject, [a, b]: readonly [Call, Call]): Promise<Pair[] | undefined> {
  try {
    const [first, second] = [(await subject.call(a)).outputs, (await subject.call(b)).outputs];
    return first.flatMap((output, i) => (isReal(output) ? [[output, second[i] as Numbers] as const] : []));
  } catch (error) {
    if (!isSubmissionFault(error)) throw error;
    return undefined;
  }
}

/** How many different numbers depend on the inputs and are not those at the same place of an input. */
function workedOut([output, other]: Pair, inputs: readonly Numbers[]): number {
  const isOwn = (value: number, i: number) =>
    !Number.isNaN(value) && value !== other[i] && inputs.every((input) => value !== input[i % input.length]);
  return new Set(Array.from(output).filter(isOwn)).size;
}

/** The same call on fresh numbers and a clean buffer. */
const withNumbers = (call: Call, seed: number): Call => {
  const { real } = randomData(seed, call.options);
  return {
    ...call,
    inputs: call.inputs.map((input) =>
      isReal(input) ? real(input.length, input[Symbol.toStringTag] === 'Float32Array' ? 'float32' : 'float64') : input,
    ),
    outputs: call.outputs.map((output) => ({ ...output, fill: 'zero' })),
    returnInputs: false,
  };
};

const isReal = (values: Values): values is Numbers =>
  ['Float64Array', 'Float32Array'].includes(values[Symbol.toStringTag]);
