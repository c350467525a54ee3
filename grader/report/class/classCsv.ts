import type { ClassReport, ClassRow } from '../../model/classReport.ts';
import { isPending } from '../../model/outcome.ts';
import { IdSystem } from '../../model/student.ts';
import { csvForExcel } from '../text/csv.ts';
import { exportedScore } from '../text/exportedScore.ts';
import { pendingPoints } from '../text/totals.ts';

/**
 * A class's scores as CSV: a row for each submission, a column for each criterion; pending points are empty. What counts
 * is earned points and bonus, after the late policy; nothing if another row of the same student counts. If ids of several systems are known, each has a column.
 */
export function classCsv({ criteria, rows }: ClassReport): string {
  const systems = systemsOf(rows);
  const head = [
    'id',
    'name',
    'email',
    'late',
    'status',
    'earned',
    'possible',
    'pending',
    'bonus',
    'all',
    'counts',
    'message',
    ...systems,
  ];
  const lines = rows.map((row) => [
    ...[row.id, row.name, row.email ?? '', row.isLate ? 'late' : '', row.status],
    ...scoreOf(row),
    [row.message, insteadOf(row), ...(row.leftOut ?? [])].filter((text) => text !== '').join('; '),
    ...systems.map((system) => row.students.map(({ ids }) => ids[system] ?? '').join('+')),
    ...criteria.map(({ id }) => earnedOf(row, id)),
  ]);
  return csvForExcel([[...head, ...criteria.map(({ id }) => id)], ...lines]);
}

/** All systems, if a student has ids of several; otherwise the column of ids has them. */
function systemsOf(rows: readonly ClassRow[]): IdSystem[] {
  const students = rows.flatMap((row) => row.students);
  if (!students.some(({ ids }) => Object.keys(ids).length > 1)) return [];
  return IdSystem.options.filter((system) => students.some(({ ids }) => ids[system] !== undefined));
}

function scoreOf({ totals, countsInstead }: ClassRow): (number | string)[] {
  if (!totals) return Array<string>(6).fill('');
  const counts = countsInstead === undefined ? exportedScore(totals).score : '';
  return [totals.earned, totals.possible, pendingPoints(totals), totals.bonus, totals.all, counts];
}

/** Of several rows of one student only one counts. */
const insteadOf = ({ countsInstead }: ClassRow): string =>
  countsInstead === undefined ? '' : `${countsInstead} counts instead`;

function earnedOf({ criteria }: ClassRow, id: string): number | string {
  const cell = Object.hasOwn(criteria, id) ? criteria[id] : undefined;
  return cell && !isPending(cell.status) ? cell.earned : '';
}
