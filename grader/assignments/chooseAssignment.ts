import { mayBe } from '../intake/plainNames.ts';
import type { Assignment } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { assignmentIds, findAssignment } from './findAssignments.ts';

/**
 * The named assignment or, without a name, the one whose deliverables the submission holds.
 *
 * @param shown - the submission, as the user named it
 * @param namesFor - the paths in the submission, listed as for this assignment
 * @throws UsageError if the name is unknown or, without a name, if no assignment fits or several fit equally well
 */
export async function chooseAssignment(
  root: string,
  id: string | undefined,
  shown: string,
  namesFor: (assignment: Assignment) => Promise<readonly string[]>,
): Promise<Assignment> {
  if (id !== undefined) return findAssignment(root, id);
  const all = assignmentIds(root).map((one) => findAssignment(root, one));
  if (all.length === 1) return all[0];
  const named = await Promise.all(all.map(async (assignment) => ({ assignment, names: await namesFor(assignment) })));
  const exact = named.map(({ assignment, names }) => shareOf(assignment, names, isAt));
  const shares = exact.some((share) => share > 0)
    ? exact
    : named.map(({ assignment, names }) => shareOf(assignment, names, mayBe));
  const best = Math.max(...shares);
  const fitting = all.filter((_, i) => best > 0 && shares[i] === best);
  if (fitting.length === 1) return fitting[0];
  const why = fitting.length === 0 ? 'holds no deliverable of any assignment' : 'fits several assignments';
  throw new UsageError(`${shown} ${why}; choose one with --assignment: ${all.map(({ id }) => id).join(', ')}`);
}

type Fits = (name: string, deliverable: string) => boolean;

/** In its place, in any folder. */
const isAt: Fits = (name, deliverable) => `/${name}`.endsWith(`/${deliverable}`);

/** The share of the required deliverables that are in the submission. */
function shareOf({ deliverables }: Assignment, names: readonly string[], fits: Fits): number {
  const required = deliverables.filter(({ optional }) => !optional);
  const found = required.filter(({ path }) => names.some((name) => fits(name, path)));
  return found.length / required.length;
}
