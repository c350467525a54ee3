import { median } from '../../common/median.ts';
import type { ClassRow } from '../../model/classReport.ts';
import { scoresOf } from '../text/scoresOf.ts';
import { count, points } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { wrap } from '../text/wrap.ts';

const INDENT = 4;

/** The results of a class in a few lines; submissions without a score are listed with the reason. */
export function renderClass(name: string, rows: readonly ClassRow[], { width }: { readonly width: number }): string {
  const failed = rows.filter(({ status }) => status !== 'graded');
  const earned = scoresOf(rows);
  const middle = earned.length === 0 ? '' : `, median ${points(median(earned))} points`;
  const facts = `${count(rows.length, 'submission')}, ${earned.length} graded${middle}, ${failed.length} not`;
  const reasons = failed.flatMap(({ name, status, message }) =>
    wrap(printableLine(`${name}: ${status}: ${message}`), width - INDENT).map(
      (line, at) => `${' '.repeat(at === 0 ? INDENT / 2 : INDENT)}${line}`,
    ),
  );
  return [...wrap(`${printableLine(name)}: ${facts}`, width), ...reasons, ''].join('\n');
}
