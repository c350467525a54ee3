import type { Call } from '@im2grade/grader/model/examination.ts';
import { createRandom } from '@im2grade/nn';
import type { Subject } from './Subject.ts';
import { isReal } from './withFreshNumbers.ts';
import { type Place, withNumber } from './withNumber.ts';

/** For each number of the inputs that was changed, the indices of the results that changed with it. */
export type Dependences = readonly ReadonlySet<number>[];

/** More would take longer and show no more. */
const MOST_CHANGED = 64;

/** Larger than every other number, and smaller: a maximum changes with the first, a minimum with the second. */
const OTHERS = [3, -3];

/**
 * Which results change with which numbers of the inputs, each changed alone.
 *
 * @param call - its numbers are from -1 to 1
 * @throws SubmissionFault if the submission does not answer
 */
export async function dependencesOf(subject: Subject, call: Call): Promise<Dependences> {
  const before = await resultsOf(subject, call);
  const found: ReadonlySet<number>[] = [];
  for (const place of placesIn(call)) {
    let changed = new Set<number>();
    for (const other of OTHERS) {
      const after = await resultsOf(subject, withNumber(call, place, other));
      changed = new Set(after.flatMap((value, i) => (isSame(value, before[i]) ? [] : [i])));
      if (changed.size > 0) break;
    }
    found.push(changed);
  }
  return found;
}

/** All of them, or as many as are changed, drawn from all. */
function placesIn({ inputs }: Call): Place[] {
  const all = inputs.flatMap((values, input) =>
    isReal(values) ? Array.from(values, (_, index) => ({ input, index })) : [],
  );
  const random = createRandom(1);
  while (all.length > MOST_CHANGED) all.splice(random.integer(all.length), 1);
  return all;
}

const resultsOf = async (subject: Subject, call: Call): Promise<number[]> =>
  (await subject.call(call)).outputs.flatMap((output) => (isReal(output) ? [...output] : []));

/** NaN is equal to NaN, and 0 to -0. */
const isSame = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));
