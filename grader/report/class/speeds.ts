import { median } from '../../common/median.ts';
import type { ClassReport, ClassRow } from '../../model/classReport.ts';
import { type Html, html } from '../html/html.ts';
import { nameOf } from './names.ts';

const MOST_SHOWN = 3;

interface Timed {
  readonly row: ClassRow;
  readonly ratio: number;
}

/**
 * The fastest and the slowest for each timed criterion; nothing if none was timed.
 *
 * @param named - a name that leads to the submission
 */
export function speedSection({ criteria, rows }: ClassReport, named = nameOf): Html | undefined {
  const timed = criteria
    .map(({ id, title }) => ({ title, entries: timesOf(rows, id) }))
    .filter(({ entries }) => entries.length > 0);
  if (timed.length === 0) return undefined;
  return html`<section aria-labelledby="speeds">
    <h2 id="speeds">Fastest and slowest</h2>
    <div class="scroll" tabindex="0" role="group" aria-label="Fastest and slowest">
      <table class="plain speeds">
        <caption>
          Times over the reference’s: less is faster
        </caption>
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            <th scope="col" class="number">Median</th>
            <th scope="col">Fastest</th>
            <th scope="col">Slowest</th>
          </tr>
        </thead>
        <tbody>
          ${timed.map(({ title, entries }) => speedRow(title, entries, named))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function speedRow(title: string, entries: readonly Timed[], named: typeof nameOf): Html {
  const middle = median(entries.map(({ ratio }) => ratio));
  const fastest = entries.slice(0, MOST_SHOWN);
  const slowest = entries.slice(fastest.length).slice(-MOST_SHOWN).reverse();
  return html`<tr>
    <th scope="row"><bdi>${title}</bdi></th>
    <td class="number">${times(middle)}</td>
    <td>${ranking(fastest, named)}</td>
    <td>${ranking(slowest, named)}</td>
  </tr>`;
}

const ranking = (entries: readonly Timed[], named: typeof nameOf): Html =>
  html`<ol class="people">
    ${entries.map(({ row, ratio }) => html`<li>${named(row)} <span class="number">${times(ratio)}</span></li>`)}
  </ol>`;

const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;

const timesOf = (rows: readonly ClassRow[], id: string): Timed[] =>
  rows
    .flatMap((row) => {
      const ratio = Object.hasOwn(row.criteria, id) ? row.criteria[id].ratio : undefined;
      return ratio === undefined ? [] : [{ row, ratio }];
    })
    .sort((a, b) => a.ratio - b.ratio);
