import type { ClassReport, ClassRow } from '../../model/classReport.ts';
import { type Status, isPending } from '../../model/outcome.ts';
import { type Html, html } from '../html/html.ts';
import { points } from '../text/numbers.ts';
import { STATUS } from '../text/status.ts';
import { lostGroup } from './groups.ts';

type Kind = 'passed' | 'partial' | 'failed' | 'not-attempted' | 'pending';
const KINDS: readonly Kind[] = ['passed', 'partial', 'failed', 'not-attempted', 'pending'];

/** What each criterion came to over the class, in the order of the rubric. */
export function passRateSection({ criteria, rows }: ClassReport): Html | undefined {
  const graded = rows.filter(({ status }) => status === 'graded');
  if (graded.length === 0) return undefined;
  return html`<section aria-labelledby="rates">
    <h2 id="rates">Criteria</h2>
    <ul class="key" aria-hidden="true">
      ${KINDS.map((kind) => html`<li class="${kind}">${wordOf(kind)}</li>`)}
    </ul>
    <table class="rubric rates">
      <caption>
        Of ${graded.length} graded submissions
      </caption>
      <thead>
        <tr>
          <th scope="col">Criterion</th>
          <th scope="col" class="number">Passed</th>
          <th scope="col"><span class="sr">Shares</span></th>
          <th scope="col" class="number">Lost</th>
        </tr>
      </thead>
      <tbody>
        ${criteria.map((criterion, at) => rateRow(criterion, at, graded))}
      </tbody>
    </table>
  </section>`;
}

function rateRow(
  { id, title, points: worth, bonus }: ClassReport['criteria'][number],
  at: number,
  rows: ClassRow[],
): Html {
  const counts = new Map<Kind, number>();
  for (const { criteria } of rows)
    if (Object.hasOwn(criteria, id)) {
      const kind = kindOf(criteria[id].status);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  const counted = KINDS.filter((kind) => kind !== 'pending').reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0);
  const lost = counted - (counts.get('passed') ?? 0);
  const shown = KINDS.flatMap((kind) => (counts.has(kind) ? [{ kind, number: counts.get(kind)! }] : []));
  return html`<tr>
    <td>
      <bdi>${title}</bdi>
      <span class="id">${bonus ? '+' : ''}${points(worth)}</span>
    </td>
    <td class="number">${counted > 0 ? `${Math.floor((100 * (counted - lost)) / counted)} %` : '–'}</td>
    <td class="share">
      <div
        class="bar"
        role="img"
        aria-label="${shown.map(({ kind, number }) => `${number} ${wordOf(kind)}`).join(', ')}"
      >
        ${shown.map(({ kind, number }) => html`<span class="${kind}" style="flex-grow:${number}"></span>`)}
      </div>
    </td>
    <td class="number">
      ${
        lost > 0 &&
        html`<a href="#students" data-group="${lostGroup(at)}" aria-label="${`${lost} lost ${id}`}">${lost}</a>`
      }
    </td>
  </tr>`;
}

const kindOf = (status: Status): Kind => (isPending(status) ? 'pending' : (status as Kind));
const wordOf = (kind: Kind): string => (kind === 'pending' ? kind : STATUS[kind].word);
