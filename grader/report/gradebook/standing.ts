import type { CourseRow, CourseStanding } from '../../model/course.ts';
import { points } from '../text/numbers.ts';

/** `71.5`, `71.5, 5 pending`, or why there is no score. */
export function standingText({ state, score, pending, isLate, published }: CourseStanding): string {
  if (score === undefined)
    return state === 'pending' ? 'to be graded again' : state === 'nothing handed in' ? '–' : state;
  return [
    points(score),
    ...(isLate ? ['late'] : []),
    ...(pending > 0 ? [`${points(pending)} pending`] : []),
    ...(published !== undefined && published !== score ? [`published ${points(published)}`] : []),
  ].join(', ');
}

/** The ids that a person recognises a student by. */
export const idsText = ({ student: { ids, email } }: CourseRow): string =>
  Object.values(ids).join(' ') || (email ?? '');
