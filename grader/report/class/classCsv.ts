import type { ClassReport, ClassRow } from '../../model/classReport.ts';
import { exportedScore } from '../text/exportedScore.ts';

/**
 * A class's scores as CSV (RFC 4180): a row for each submission, a column for each criterion; pending points are empty.
 * What counts is earned points and bonus, after the late policy. Text that a spreadsheet would evaluate is marked as
 * text.
 */
export function classCsv({ criteria, rows }: ClassReport): string {
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
  ];
  const lines = rows.map((row) => [
    ...[text(row.id), text(row.name), text(row.email ?? ''), row.isLate ? 'late' : '', row.status],
    ...scoreOf(row),
    text(row.message),
    ...criteria.map(({ id }) => earnedOf(row, id)),
  ]);
  return [[...head, ...criteria.map(({ id }) => id)], ...lines].map((cells) => cells.join(',') + '\r\n').join('');
}

function scoreOf({ totals }: ClassRow): (number | string)[] {
  if (!totals) return Array<string>(6).fill('');
  const pending = totals.pending.reduce((sum, { points }) => sum + points, 0);
  return [totals.earned, totals.possible, pending, totals.bonus, totals.all, exportedScore(totals).score];
}

const COUNTED = new Set(['passed', 'partial', 'failed', 'not-attempted']);

function earnedOf({ criteria }: ClassRow, id: string): number | string {
  const cell = Object.hasOwn(criteria, id) ? criteria[id] : undefined;
  return cell && COUNTED.has(cell.status) ? cell.earned : '';
}

function text(value: string): string {
  const plain = value.replace(/[\p{Cc}]+/gu, ' ');
  const marked = /^[=+\-@]/u.test(plain) ? `'${plain}` : plain;
  return /[",]/u.test(marked) ? `"${marked.replaceAll('"', '""')}"` : marked;
}
