import { selectCriteria } from './selectCriteria.ts';
import { type Assignment, criteriaOf, type CriterionKind } from '../model/assignment.ts';

/** Whether criteria of a kind need a machine that does nothing else. */
export const isTimed = (kind: CriterionKind): boolean => kind === 'speed' || kind === 'accuracy';

/** The criteria that each pass examines together when everything is graded, in the order of the passes. */
export function wholePasses(assignment: Assignment): string[][] {
  const { untimed, timed } = passesOf(assignment, []);
  return [untimed, timed].filter((criteria) => criteria.length > 0);
}

/** What each pass examines: kinds when everything is graded, ids when the user selected criteria. */
export function passesOf(assignment: Assignment, only: readonly string[]): { untimed: string[]; timed: string[] } {
  const selected = new Set(selectCriteria(assignment, only));
  const criteria = criteriaOf(assignment).filter(({ id }) => selected.has(id));
  const wordsOf = (ofTimed: boolean) => [
    ...new Set(
      criteria.filter(({ kind }) => isTimed(kind) === ofTimed).map(({ id, kind }) => (only.length === 0 ? kind : id)),
    ),
  ];
  return { untimed: wordsOf(false), timed: wordsOf(true) };
}
