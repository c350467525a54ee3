import Table from 'cli-table3';
import picocolors from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { Repeated, RepeatReport } from '../../model/repeatReport.ts';
import type { Status } from '../../model/outcome.ts';
import { count, points } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { STATUS } from '../text/status.ts';
import { toned } from './toned.ts';

/** What changed between several gradings of the same work: a row for each criterion that flipped or earned differently. */
export function renderRepeated(report: RepeatReport, { colour }: { readonly colour: boolean }): string {
  const paint = picocolors.createColors(colour);
  const { submission, seeds, earned, criteria } = report;
  const changed = criteria.filter((criterion) => criterion.flips > 0 || spreadOf(criterion) > 0);
  const flips = criteria.reduce((sum, each) => sum + each.flips, 0);
  const [least, most] = [Math.min(...earned), Math.max(...earned)];
  const lines = [
    `${paint.bold(printableLine(submission.name))}: ${count(seeds.length, 'grading')} on fresh inputs, seeds ${seeds[0]} to ${seeds.at(-1)}`,
    `Earned  ${least === most ? points(least) : `${points(least)} to ${points(most)}`}, ${count(flips, 'flip')}`,
  ];
  if (changed.length > 0) lines.push('', tableOf(changed, seeds, paint));
  const same = criteria.length - changed.length;
  return [...lines, '', `${same} of ${criteria.length} criteria came out the same each time`, ''].join('\n');
}

const spreadOf = ({ least = 0, most = 0 }: Repeated): number => most - least;

function tableOf(changed: readonly Repeated[], seeds: readonly number[], paint: Colors): string {
  const table = new Table({
    head: ['Criterion', 'Came out', 'Points', 'Unusual at seed'],
    style: { head: [], border: [] },
  });
  for (const criterion of changed) {
    const { id, least, most, points: all, runs, usual } = criterion;
    const unusual = seeds.filter((_, i) => runs[i].status !== usual);
    const earned =
      least === undefined || most === undefined ? '–' : `${points(least)} to ${points(most)} of ${points(all)}`;
    table.push([id, statusesOf(criterion, paint), earned, unusual.slice(0, 5).join(', ')]);
  }
  return table.toString();
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
