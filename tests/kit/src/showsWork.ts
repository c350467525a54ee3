import type { Call } from '@im2grade/grader/model/examination.ts';
import { dependencesOf } from './dependencesOf.ts';
import { dependsAlike } from './dependsAlike.ts';
import { isSubmissionFault, type Subject } from './Subject.ts';
import { isReal, type Numbers, withFreshNumbers } from './withFreshNumbers.ts';
import { plainCallsOf } from './workShowsIn.ts';

/** A function that forgets all images or channels but one works out more than this share of the numbers. */
const SHARE = 0.15;

/** A call that was answered, and who can make it. */
export interface Sample {
  readonly call: Call;
  readonly submission: Subject;
  readonly reference: Subject;
}

/**
 * Whether a function does the work that was asked for, with mistakes or without: it works out numbers of its own, and if
 * plain calls are declared for it, its results depend on its inputs in one of them as the reference's do.
 *
 * @param samples - calls of the function; their inputs are replaced by other numbers
 */
export const showsWork = async (samples: readonly Sample[]): Promise<boolean> =>
  (await worksOutNumbers(samples)) && (await worksInPlainCalls(samples[0]));

/**
 * Whether the submission's results depend on its inputs: at least a certain share of the different numbers that the
 * reference works out. Zeros, constants, a copied number and a copy of an input show no work. A wrong result does: a
 * flipped kernel, a missing channel, a mean for a sum.
 */
async function worksOutNumbers(samples: readonly Sample[]): Promise<boolean> {
  let [own, right] = [0, 0];
  for (const [i, { call, submission, reference }] of samples.entries()) {
    const pair = [withFreshNumbers(call, 2 * i), withFreshNumbers(call, 2 * i + 1)] as const;
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

const bothAnswers = (subject: Subject, [a, b]: readonly [Call, Call]): Promise<Pair[] | undefined> =>
  unlessAtFault(async () => {
    const [first, second] = [(await subject.call(a)).outputs, (await subject.call(b)).outputs];
    return first.flatMap((output, i) => (isReal(output) ? [[output, second[i] as Numbers] as const] : []));
  });

/** How many different numbers depend on the inputs and are not those at the same place of an input. */
function workedOut([output, other]: Pair, inputs: readonly Numbers[]): number {
  const isOwn = (value: number, i: number) =>
    !Number.isNaN(value) && value !== other[i] && inputs.every((input) => value !== input[i % input.length]);
  return new Set(Array.from(output).filter(isOwn)).size;
}

/** By subject and function: several criteria count beside the same definitions. */
const known = new WeakMap<Subject, Map<string, Promise<boolean>>>();

function worksInPlainCalls(sample: Sample): Promise<boolean> {
  const { submission, call } = sample;
  const ofSubject = known.get(submission) ?? new Map<string, Promise<boolean>>();
  known.set(submission, ofSubject);
  const works = ofSubject.get(call.name) ?? findWork(sample);
  ofSubject.set(call.name, works);
  return works;
}

/** Without an answer nothing is known of its work, and no criterion passes. */
async function findWork({ submission, reference, call: { name } }: Sample): Promise<boolean> {
  let answers = 0;
  for (const plain of plainCallsOf(name)) {
    const call = withFreshNumbers(plain, 0);
    const own = await unlessAtFault(() => dependencesOf(submission, call));
    if (!own) continue;
    answers++;
    if (dependsAlike(own, await dependencesOf(reference, call))) return true;
  }
  return answers === 0;
}

/** Undefined if the submission does not answer. */
async function unlessAtFault<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!isSubmissionFault(error)) throw error;
    return undefined;
  }
}
