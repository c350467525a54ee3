import picocolors from 'picocolors';
import type { ScoreReport } from '../../model/report.ts';
import { points } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { totalsLine } from '../text/totals.ts';
import { cut, wrap } from '../text/wrap.ts';
import { type TerminalStyle, heading, labelled } from './lines.ts';
import { lostPointLines, pendingLines } from './lostPoints.ts';
import { rubricTable } from './rubricTable.ts';

/** Longer lines are hard to read. */
const WIDEST = 120;

/**
 * The report as terminal text: the rubric as a table, the totals, then why each point was lost.
 *
 * @param options - `width` in terminal cells, which no line exceeds (60 at least); `colour`: whether escape codes may
 *   be used
 */
export function renderReport(
  report: ScoreReport,
  options: { readonly width: number; readonly colour: boolean },
): string {
  const style: TerminalStyle = {
    width: Math.min(options.width, WIDEST),
    paint: picocolors.createColors(options.colour),
  };
  const lines = [
    ...titleLines(style, report),
    '',
    ...rubricTable(style, report),
    '',
    ...scoreLines(style, report),
    ...fileLines(style, report),
    ...lostPointLines(style, report),
    ...pendingLines(style, report),
    ...warningLines(style, report),
  ];
  return lines.join('\n') + '\n';
}

function titleLines({ width, paint }: TerminalStyle, { assignment, submission, grading }: ScoreReport): string[] {
  const only = grading.only.length > 0 ? ` · only ${grading.only.map(printableLine).join(', ')}` : '';
  const facts = `${printableLine(submission.name)} · ${assignment.id} version ${assignment.version} · seed ${grading.seed}${only}`;
  return [...wrap(printableLine(assignment.title), width).map(paint.bold), ...wrap(facts, width).map(paint.dim)];
}

function scoreLines(style: TerminalStyle, { totals, environment }: ScoreReport): string[] {
  const { paint, width } = style;
  const { tier, means } = environment.isolation;
  const reduced =
    tier === 'reduced'
      ? `! ISOLATION IS REDUCED; grade doctor says why (${means.map(printableLine).join(', ') || 'process split only'})`
      : '';
  return [
    ...wrap(`Score  ${totalsLine(totals)}`, width).map(paint.bold),
    ...(totals.bonus > 0 ? [paint.bold(`Bonus  +${points(totals.bonus)}`)] : []),
    ...(totals.provisional
      ? wrap('Provisional: the pending points are not in the score yet.', width).map(paint.dim)
      : []),
    ...(reduced === '' ? [] : [paint.yellow(paint.bold(cut(reduced, width)))]),
  ];
}

/** Which deliverables could not be used, what was assumed about the others, and what was not taken. */
function fileLines(style: TerminalStyle, { submission: { assumed, unusable } }: ScoreReport): string[] {
  return [
    ...(unusable.length > 0 ? heading(style, 'Not used; what needs it earns nothing, the rest was graded') : []),
    ...unusable.flatMap(({ reason }) => labelled(style, '', reason)),
    ...(assumed.length > 0 ? heading(style, 'About the files (an assumption costs no points)') : []),
    ...assumed.flatMap((text) => labelled(style, '', text)),
  ];
}

function warningLines(style: TerminalStyle, { warnings }: ScoreReport): string[] {
  if (warnings.length === 0) return [];
  return [
    ...heading(style, 'The type checker says (costs no points)'),
    ...warnings.flatMap(({ path, line, message }) => labelled(style, '', `${path}:${line} ${message}`)),
  ];
}
