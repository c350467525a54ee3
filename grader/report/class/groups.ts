import type { ClassMistake, ClassReport, ClassRow } from '../../model/classReport.ts';
import { isPending } from '../../model/outcome.ts';

/** Short names of the groups that the table of students can be filtered by. */
export const lostGroup = (criterion: number): string => `c${criterion}`;
export const LATE = 'late';
export const NEEDS_HUMAN = 'human';
export const NOT_GRADED = 'ungraded';

/** The mistakes that have a name or are made by several, each with its group. */
export const tellingMistakes = ({ mistakes }: ClassReport): { mistake: ClassMistake; group: string }[] =>
  mistakes
    .filter(({ rows, known }) => rows.length > 1 || known.length > 0)
    .map((mistake, at) => ({ mistake, group: `m${at}` }));

/** The groups that a submission is in. */
export function groupsOf(report: ClassReport, row: ClassRow, place: number): string[] {
  return [
    ...(row.isLate ? [LATE] : []),
    ...(needsHuman(row) ? [NEEDS_HUMAN] : []),
    ...(row.status === 'graded' ? [] : [NOT_GRADED]),
    ...report.criteria.flatMap(({ id }, at) => (isLost(row, id) ? [lostGroup(at)] : [])),
    ...tellingMistakes(report).flatMap(({ mistake, group }) => (mistake.rows.includes(place) ? [group] : [])),
  ];
}

/** True where points of this criterion are lost, and not only pending. */
export function isLost({ criteria }: ClassRow, id: string): boolean {
  return Object.hasOwn(criteria, id) && !isPending(criteria[id].status) && criteria[id].status !== 'passed';
}

const needsHuman = ({ status, criteria }: ClassRow): boolean =>
  status !== 'graded' || Object.values(criteria).some((cell) => isPending(cell.status));
