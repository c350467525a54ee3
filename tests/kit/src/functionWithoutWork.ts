import { groupBy } from '@im2grade/grader/common/groupBy.ts';
import { type Sample, showsWork } from './showsWork.ts';

/** A criterion that compares results with right ones. */
interface Compared {
  readonly hasPassed: boolean;
  readonly samples: readonly Sample[];
}

/**
 * The name of a function that has passed none of these criteria, and whose results do not depend on its inputs either.
 *
 * @param compared - the criteria beside the one in question
 * @param own - what that one called: judged if the others got no answer
 */
export async function functionWithoutWork(
  compared: readonly Compared[],
  own: readonly Sample[],
): Promise<string | undefined> {
  const ofOthers = compared.flatMap(({ hasPassed, samples }) => samples.map((sample) => ({ ...sample, hasPassed })));
  const judged = ofOthers.length > 0 ? ofOthers : own.map((sample) => ({ ...sample, hasPassed: false }));
  for (const [name, samples] of groupBy(judged, ({ call }) => call.name)) {
    if (samples.some(({ hasPassed }) => hasPassed)) continue;
    if (!(await showsWork(samples))) return name;
  }
  return undefined;
}
