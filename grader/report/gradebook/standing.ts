import type { CourseRow, CourseStanding } from '../../model/course.ts';
import { points } from '../text/numbers.ts';

/** `71.5`, `71.5, 5 pending`, or why there is no score. */
export function standingText({ state, score, pending, isLate, published }: CourseStanding): string {
  const known = published !== undefined && published !== score ? [`published ${points(published)}`] : [];
  if (score === undefined) {
    const why = state === 'pending' ? 'to be graded again' : state === 'nothing handed in' ? '–' : state;
    return [why, ...known].join(', ');
  }
  return [
    points(score),
    ...(isLate ? ['late'] : []),
    ...(pending > 0 ? [`${points(pending)} pending`] : []),
    ...known,
  ].join(', ');
}

/** The ids that a person recognises a student by. */
export const idsText = ({ student: { ids, email } }: CourseRow): string =>
  Object.values(ids).join(' ') || (email ?? '');
