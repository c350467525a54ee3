import { passesOf } from '../course/passes.ts';
import { provenLanes } from '../doctor/provenLanes.ts';
import type { Assignment } from '../model/assignment.ts';

/**
 * How many submissions of a class may be timed at a time.
 *
 * @param jobs - how many the user wants to be graded at a time
 * @param note - says if it is one because of the machine
 */
export async function lanesFor(
  assignment: Assignment,
  only: readonly string[],
  jobs: number,
  note: (line: string) => unknown,
): Promise<number> {
  if (jobs === 1 || passesOf(assignment, only).timed.length === 0) return 1;
  const { lanes, off } = await provenLanes();
  if (lanes === 1)
    note(
      `times are measured one submission at a time: equal work on all cores differed by ${(100 * off).toFixed(0)} %; other programs may be running`,
    );
  return Math.min(jobs, lanes);
}
