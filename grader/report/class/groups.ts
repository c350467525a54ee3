import type { ClassMistake, ClassReport, ClassRow } from '../../model/classReport.ts';
import { isPending } from '../../model/outcome.ts';

type Criterion = ClassReport['criteria'][number];

/** Short names of the groups by which the table of students can be filtered. */
export const lostGroup = (criterion: number): string => `c${criterion}`;
export const LATE = 'late';
export const NEEDS_HUMAN = 'human';
export const NOT_GRADED = 'ungraded';
export const IN_PART = 'part';

/** The mistakes that have a name or are made by several, each with its group. */
export const tellingMistakes = ({ mistakes }: ClassReport): { mistake: ClassMistake; group: string }[] =>
  mistakes
    .filter(({ rows, known }) => rows.length > 1 || known.length > 0)
    .map((mistake, at) => ({ mistake, group: `m${at}` }));

/** The groups that each submission is in. */
export function filterGroups(report: ClassReport): string[][] {
  const mistaken = report.rows.map((): string[] => []);
  for (const { mistake, group } of tellingMistakes(report))
    for (const place of mistake.rows) mistaken[place].push(group);
  return report.rows.map((row, place) => [
    ...(row.isLate ? [LATE] : []),
    ...(needsHuman(row) ? [NEEDS_HUMAN] : []),
    ...(row.status === 'graded' ? [] : [NOT_GRADED]),
    ...(row.leftOut === undefined ? [] : [IN_PART]),
    ...report.criteria.flatMap((criterion, at) => (isLost(row, criterion) ? [lostGroup(at)] : [])),
    ...mistaken[place],
  ]);
}

/** True if points of this criterion are lost: not if they are pending, nor if a bonus was not attempted. */
export function isLost({ criteria }: ClassRow, { id, bonus }: Criterion): boolean {
  if (!Object.hasOwn(criteria, id)) return false;
  const { status } = criteria[id];
  return !isPending(status) && status !== 'passed' && !(bonus && status === 'not-attempted');
}

const needsHuman = ({ status, criteria }: ClassRow): boolean =>
  (status !== 'graded' && status !== 'absent') || Object.values(criteria).some((cell) => isPending(cell.status));
