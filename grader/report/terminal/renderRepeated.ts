import Table from 'cli-table3';
import picocolors from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { Repeated, RepeatReport } from '../../model/repeatReport.ts';
import type { Status } from '../../model/outcome.ts';
import { count, points } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { STATUS } from '../text/status.ts';
import { wrap } from '../text/wrap.ts';
import type { TerminalStyle } from './lines.ts';
import { toned } from './toned.ts';

const HEAD = ['Criterion', 'Result', 'Points', 'Unusual at seed'];
const WIDEST = 100;

/**
 * What changed between several gradings of the same work: a row for each criterion that flipped or earned differently.
 */
export function renderRepeated(
  report: RepeatReport,
  { width, colour }: { readonly width: number; readonly colour: boolean },
): string {
  const paint = picocolors.createColors(colour);
  const { submission, seeds, earned, criteria } = report;
  const changed = criteria.filter((criterion) => criterion.flips > 0 || spreadOf(criterion) > 0);
  const flips = criteria.reduce((sum, each) => sum + each.flips, 0);
  const [least, most] = [Math.min(...earned), Math.max(...earned)];
  const lines = [
    ...wrap(
      `${printableLine(submission.name)}: ${count(seeds.length, 'grading')} on fresh inputs, seeds ${seeds[0]} to ${seeds.at(-1)}`,
      width,
    ).map(paint.bold),
    `Earned  ${least === most ? points(least) : `${points(least)} to ${points(most)}`}, ${count(flips, 'flip')}`,
  ];
  if (changed.length > 0) lines.push('', tableOf(changed, seeds, { width, paint }));
  const same = criteria.length - changed.length;
  return [...lines, '', `${same} of ${criteria.length} criteria had the same result each time`, ''].join('\n');
}

const spreadOf = ({ least = 0, most = 0 }: Repeated): number => most - least;

function tableOf(changed: readonly Repeated[], seeds: readonly number[], { paint, width }: TerminalStyle): string {
  const rows = changed.map((criterion) => {
    const unusual = seeds.filter((_, i) => criterion.runs[i].status !== criterion.usual);
    return [criterion.id, statusesOf(criterion, paint), earnedOf(criterion), unusual.slice(0, 5).join(', ')];
  });
  const table = new Table({
    head: HEAD,
    colWidths: columnWidths(rows, Math.min(width, WIDEST)),
    wordWrap: true,
    style: { head: [], border: [] },
  });
  table.push(...rows);
  return table.toString();
}

/** Ids and points keep their width; the rest is shared by the columns that can be broken between words. */
function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const fitting = (column: number) => 2 + Math.max(...[HEAD, ...rows].map((row) => row[column].length));
  const [id, points] = [fitting(0), fitting(2)];
  const left = Math.max(24, width - id - points - (HEAD.length + 1));
  return [id, Math.ceil(left / 2), points, Math.floor(left / 2)];
}

function earnedOf({ least, most, points: all }: Repeated): string {
  return least === undefined || most === undefined ? '–' : `${points(least)} to ${points(most)} of ${points(all)}`;
}

/** `✓ passed 9, ✗ failed 1` */
function statusesOf({ runs }: Repeated, paint: Colors): string {
  const counts = new Map<Status, number>();
  for (const { status } of runs) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .map(
      ([status, n]) => `${toned(paint, STATUS[status].tone)(`${STATUS[status].symbol} ${STATUS[status].word}`)} ${n}`,
    )
    .join(', ');
}
