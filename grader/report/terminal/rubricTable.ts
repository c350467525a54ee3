import Table from 'cli-table3';
import type { Outcome, ScoreReport } from '../../model/report.ts';
import { points } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { STATUS, pointsOf } from '../text/status.ts';
import { type GroupScore, groupsOf } from '../text/totals.ts';
import { wrap } from '../text/wrap.ts';
import type { TerminalStyle } from './lines.ts';
import { toned } from './toned.ts';

const STATUS_WIDTH = 18;
const POINTS_WIDTH = 14;
const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'mid', 'left', 'right', 'middle'].flatMap((side) =>
    side === 'middle' ? [[side, '']] : ['', '-mid', '-left', '-right'].map((corner) => [`${side}${corner}`, '']),
  ),
);

/** The rubric: a row per criterion under its group's. */
export function rubricTable(style: TerminalStyle, report: ScoreReport): string[] {
  const titleWidth = Math.max(16, style.width - STATUS_WIDTH - POINTS_WIDTH);
  const table = new Table({
    chars: NO_LINES,
    colWidths: [titleWidth, STATUS_WIDTH, POINTS_WIDTH],
    colAligns: ['left', 'left', 'right'],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
  });
  for (const group of groupsOf(report)) {
    table.push(
      groupRow(style, group, titleWidth),
      ...group.outcomes.map((outcome) => outcomeRow(style, outcome, titleWidth)),
    );
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

function groupRow({ paint }: TerminalStyle, { group, earned, possible, pending }: GroupScore, width: number): string[] {
  const title = wrap(printableLine(group), width - 1).map((line) => paint.bold(line));
  return [
    title.join('\n'),
    pending > 0 ? paint.dim(`${points(pending)} pending`) : '',
    possible > 0 ? paint.bold(`${points(earned)} / ${points(possible)}`) : '',
  ];
}

function outcomeRow({ paint }: TerminalStyle, outcome: Outcome, width: number): string[] {
  const { word, symbol, tone } = STATUS[outcome.status];
  const title = wrap(printableLine(outcome.title), width - 3).map((line) => `  ${line}`);
  const help =
    outcome.substituted.length > 0 ? `with the reference's ${outcome.substituted.map(printableLine).join(', ')}` : '';
  const substituted = help === '' ? [] : wrap(help, width - 5).map((line) => paint.dim(`    ${line}`));
  return [[...title, ...substituted].join('\n'), toned(paint, tone)(`${symbol} ${word}`), pointsOf(outcome, points)];
}
