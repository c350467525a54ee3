import { median } from '../../common/median.ts';
import type { ClassRow } from '../../model/classReport.ts';
import { scoresOf } from '../text/scoresOf.ts';
import { count, points } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { wrap } from '../text/wrap.ts';

const INDENT = 4;

/**
 * The results of a class in a few lines; submissions without a score, or of which only a part was graded, are listed with
 * the reason.
 */
export function renderClass(name: string, rows: readonly ClassRow[], { width }: { readonly width: number }): string {
  const absent = rows.filter(({ status }) => status === 'absent').length;
  const failed = rows.filter(({ status }) => status !== 'graded' && status !== 'absent');
  const inPart = rows.filter(({ leftOut }) => leftOut !== undefined);
  const earned = scoresOf(rows);
  const middle = earned.length === 0 ? '' : `, median ${points(median(earned))} points`;
  const partly = inPart.length === 0 ? '' : ` (${inPart.length} in part)`;
  const nothing = absent === 0 ? '' : `; ${count(absent, 'student')} handed in nothing`;
  const facts = `${count(rows.length - absent, 'submission')}, ${earned.length} graded${partly}${middle}, ${failed.length} not${nothing}`;
  const reasons = [
    ...failed.map(({ name, status, message }) => `${name}: ${status}: ${message}`),
    ...inPart.map(({ name, leftOut = [] }) => `${name}: graded in part: ${leftOut.join('; ')}`),
  ].flatMap((reason) =>
    wrap(printableLine(reason), width - INDENT).map(
      (line, at) => `${' '.repeat(at === 0 ? INDENT / 2 : INDENT)}${line}`,
    ),
  );
  return [...wrap(`${printableLine(name)}: ${facts}`, width), ...reasons, ''].join('\n');
}
