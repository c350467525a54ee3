import type { Assignment } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { assignmentIds, findAssignment } from './findAssignments.ts';

/**
 * The assignment whose deliverables a submission holds.
 *
 * @param namesFor - the paths in the submission, listed as for this assignment
 * @throws UsageError when none fits, or several equally well
 */
export async function recogniseAssignment(
  root: string,
  shown: string,
  namesFor: (assignment: Assignment) => Promise<readonly string[]>,
): Promise<Assignment> {
  const all = assignmentIds(root).map((id) => findAssignment(root, id));
  if (all.length === 1) return all[0];
  const shares = await Promise.all(all.map(async (assignment) => shareOf(assignment, await namesFor(assignment))));
  const best = Math.max(...shares);
  const fitting = all.filter((_, i) => best > 0 && shares[i] === best);
  if (fitting.length === 1) return fitting[0];
  const why = fitting.length === 0 ? 'holds no deliverable of any assignment' : 'fits several assignments';
  throw new UsageError(`${shown} ${why}; say --assignment with one of: ${all.map(({ id }) => id).join(', ')}`);
}

/** What part of the deliverables that must be there lies in the submission, in whatever folder. */
function shareOf({ deliverables }: Assignment, names: readonly string[]): number {
  const required = deliverables.filter(({ optional }) => !optional);
  const found = required.filter(({ path }) => names.some((name) => `/${name}`.endsWith(`/${path}`)));
  return found.length / required.length;
}
