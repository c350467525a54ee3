import { groupBy } from '../../common/groupBy.ts';
import { median } from '../../common/median.ts';
import type { ClassReport, ClassRow } from '../../model/classReport.ts';
import { type Html, html } from '../html/html.ts';
import { driftingWorkers, driftText } from './driftingWorkers.ts';
import { points } from '../text/numbers.ts';

/**
 * The points by kind of machine, if there were several, as equal work should earn the same on each; and the machines that
 * measured otherwise than they should.
 */
export function machineSection({ rows }: ClassReport): Html | undefined {
  const drifting = driftingWorkers(rows);
  const graded = rows.filter(({ totals, machine }) => totals !== undefined && machine !== undefined);
  const kinds = [...groupBy(graded, ({ machine }) => machine!)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (kinds.length < 2 && drifting.length === 0) return undefined;
  return html`<section aria-labelledby="machines">
    <h2 id="machines">Machines</h2>
    ${drifting.map((drift) => html`<p class="notice"><bdi>${driftText(drift)}</bdi>.</p>`)}
    ${kinds.length > 1 && kindTable(kinds)}
  </section>`;
}

const kindTable = (kinds: readonly (readonly [string, readonly ClassRow[]])[]): Html =>
  html`<div class="scroll" tabindex="0" role="group" aria-label="Machines">
    <table class="plain">
      <caption>
        Who was graded where is chance: very different medians are a reason to look at the machines
      </caption>
      <thead>
        <tr>
          <th scope="col">Machine</th>
          <th scope="col" class="number">Submissions</th>
          <th scope="col" class="number">Median points</th>
        </tr>
      </thead>
      <tbody>
        ${kinds.map(([kind, of]) => machineRow(kind, of))}
      </tbody>
    </table>
  </div>`;

const machineRow = (kind: string, rows: readonly ClassRow[]): Html =>
  html`<tr>
    <th scope="row"><bdi>${kind}</bdi></th>
    <td class="number">${rows.length}</td>
    <td class="number">${points(median(rows.map(({ totals }) => totals!.earned)))}</td>
  </tr>`;
