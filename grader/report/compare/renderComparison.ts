import Table from 'cli-table3';
import picocolors from 'picocolors';
import type { Compared, ComparedRow, Comparison, Side } from '../../model/comparison.ts';
import { isPending } from '../../model/outcome.ts';
import { points } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { STATUS } from '../text/status.ts';
import { wrap } from '../text/wrap.ts';
import { isSame } from './compare.ts';

const WIDEST = 120;
const [FIRST, SECOND] = ['First', 'Second'];
const CHANGE_WIDTH = 10;
const [LEAST_SIDE, MOST_SIDE] = [16, 26];

/**
 * Two reports as a table: a row for each criterion, or each student of a class, that is not the same in both.
 *
 * @param options - `width` in terminal cells; `all`: the rows that are the same, too
 */
export function renderComparison(
  comparison: Comparison,
  { width, colour, all }: { readonly width: number; readonly colour: boolean; readonly all: boolean },
): string {
  const paint = picocolors.createColors(colour);
  const { first, second, rows } = comparison;
  const shown = all ? rows : rows.filter((row) => !isSame(row));
  const same = rows.filter(isSame).length;
  const what = comparison.of === 'class' ? 'students' : 'criteria';
  const lines = [
    ...wrap(`${FIRST}   ${about(first)}`, width),
    ...wrap(`${SECOND}  ${about(second)}`, width),
    ...(first.earned !== undefined && second.earned !== undefined
      ? [paint.bold(`Change  ${signed(second.earned - first.earned)} points`)]
      : []),
    ...(shown.length > 0 ? ['', tableOf(shown, comparison.of, Math.min(width, WIDEST))] : []),
    '',
    `${same} of ${rows.length} ${what} are the same in both`,
  ];
  return `${lines.join('\n')}\n`;
}

const about = ({ name, version, grader, seed, earned, possible }: Compared): string => {
  const score = earned === undefined || possible === undefined ? '' : ` · ${points(earned)} of ${points(possible)}`;
  return `${printableLine(name)}${score} · version ${version} · grader ${printableLine(grader)} · seed ${seed}`;
};

function tableOf(rows: readonly ComparedRow[], of: Comparison['of'], width: number): string {
  const cells = rows.map((row) => [
    printableLine(of === 'class' ? row.title : row.id),
    textOf(row.first),
    textOf(row.second),
    changeOf(row),
  ]);
  const room = width - CHANGE_WIDTH - 5;
  const id = Math.min(2 + Math.max(9, ...cells.map(([text]) => text.length)), room - 2 * LEAST_SIDE);
  const side = Math.min(MOST_SIDE, Math.floor((room - id) / 2));
  const table = new Table({
    head: [of === 'class' ? 'Student' : 'Criterion', FIRST, SECOND, 'Change'],
    colWidths: [id, side, side, CHANGE_WIDTH],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
  table.push(...cells);
  return table.toString();
}

function textOf(side: Side | undefined): string {
  if (!side) return '–';
  const { status, earned, points: most } = side;
  if (status === 'graded') return `${points(earned)} / ${points(most)}`;
  if (status === 'ungradable' || status === 'absent') return status;
  const { symbol, word } = STATUS[status];
  return `${symbol} ${word} ${isPending(status) ? '–' : points(earned)} / ${points(most)}`;
}

function changeOf({ first, second }: ComparedRow): string {
  if (!first) return 'new';
  if (!second) return 'gone';
  return first.earned === second.earned ? '' : signed(second.earned - first.earned);
}

const signed = (value: number): string => (value < 0 ? `−${points(-value)}` : `+${points(value)}`);
