import { groupBy } from '../common/groupBy.ts';
import type { Assignment, Deliverable } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { requireOutside } from './courseFolder.ts';
import { assignmentIds, findAssignment } from './findAssignments.ts';

/**
 * The named assignment or, without a name, the one whose deliverables the submission holds.
 *
 * @param shown - the submission, as the user named it
 * @param namesFor - the paths in the submission, listed as for this assignment
 * @throws UsageError if the name is unknown or, without a name, if no assignment fits or several fit equally well; if
 *   the submission contains the course
 */
export async function chooseAssignment(
  root: string,
  id: string | undefined,
  shown: string,
  namesFor: (assignment: Assignment) => Promise<readonly string[]>,
): Promise<Assignment> {
  requireOutside(shown, root);
  if (id !== undefined) return findAssignment(root, id);
  const all = assignmentIds(root).map((one) => findAssignment(root, one));
  if (all.length === 1) return all[0];
  const shares = await Promise.all(all.map(async (assignment) => shareOf(assignment, await namesFor(assignment))));
  const best = Math.max(...shares);
  const fitting = all.filter((_, i) => best > 0 && shares[i] === best);
  if (fitting.length === 1) return fitting[0];
  const why = fitting.length === 0 ? 'holds no deliverable of any assignment' : 'fits several assignments';
  throw new UsageError(`${shown} ${why}; choose one with --assignment: ${all.map(({ id }) => id).join(', ')}`);
}

/**
 * The share of the required deliverables that are in the submission, in any folder; of a model, which has several forms,
 * any file. 0 if nothing is required.
 */
function shareOf({ deliverables }: Assignment, names: readonly string[]): number {
  const asked = deliverables.filter(({ optional, modelOf }) => !optional || modelOf !== undefined);
  const required = [...groupBy(asked, ({ path, modelOf }) => modelOf ?? path).values()];
  const isThere = ({ path }: Pick<Deliverable, 'path'>) => names.some((name) => `/${name}`.endsWith(`/${path}`));
  const found = required.filter((forms) => forms.some(isThere));
  return found.length / Math.max(1, required.length);
}
