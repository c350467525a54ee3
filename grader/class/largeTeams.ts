import type { Assignment } from '../model/assignment.ts';
import { count } from '../report/text/numbers.ts';
import type { HandIn } from './handInsOf.ts';

/**
 * A line for each team that has more members than the assignment allows. What that means for their points is for a person to
 * decide.
 *
 * @example
 * ```ts
 * largeTeams(handIns, { most: 2 });
 * // ['team_3.zip is the work of 3 students (Ada, Wei, Emmy); the assignment allows teams of 2. …']
 * ```
 */
export const largeTeams = (
  handIns: readonly Pick<HandIn, 'source' | 'students'>[],
  teams: Assignment['teams'],
): string[] =>
  handIns
    .filter(({ students }) => students.length > (teams?.most ?? Infinity))
    .map(
      ({ source, students }) =>
        `${source} is the work of ${count(students.length, 'student')} (${students.map(({ name }) => name).join(', ')}); the assignment allows ${teams!.most === 1 ? 'no teams' : `teams of ${teams!.most}`}. It costs nothing here: a person decides`,
    );
