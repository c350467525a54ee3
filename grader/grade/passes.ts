import { selectCriteria } from './selectCriteria.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';

/** These need a machine that does nothing else. */
const TIMED = new Set(['speed', 'accuracy']);

/** The criteria that each pass examines together when everything is graded, in the order of the passes. */
export function wholePasses(assignment: Assignment): string[][] {
  const { untimed, timed } = passesOf(assignment, []);
  return [untimed, timed].filter((criteria) => criteria.length > 0);
}

/** What each pass examines: kinds when everything is graded, ids when the user selected criteria. */
export function passesOf(assignment: Assignment, only: readonly string[]): { untimed: string[]; timed: string[] } {
  const selected = new Set(selectCriteria(assignment, only));
  const criteria = criteriaOf(assignment).filter(({ id }) => selected.has(id));
  const wordsOf = (isTimed: boolean) => [
    ...new Set(
      criteria.filter(({ kind }) => TIMED.has(kind) === isTimed).map(({ id, kind }) => (only.length === 0 ? kind : id)),
    ),
  ];
  return { untimed: wordsOf(false), timed: wordsOf(true) };
}
