import type { ClassReport, ClassRow } from '../../model/classReport.ts';
import { type Status, isPending } from '../../model/outcome.ts';
import { type Html, html } from '../html/html.ts';
import { points } from '../text/numbers.ts';
import { STATUS } from '../text/status.ts';
import { isLost, lostGroup } from './groups.ts';
import { type GroupLinks, IN_TABLE } from './names.ts';

type Kind = 'passed' | 'partial' | 'failed' | 'not-attempted' | 'pending';
const KINDS: readonly Kind[] = ['passed', 'partial', 'failed', 'not-attempted', 'pending'];

/** The results of each criterion over the class, in the order of the rubric. */
export function passRateSection({ criteria, rows }: ClassReport, links = IN_TABLE): Html | undefined {
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
          <th scope="col" class="number worth">Points</th>
          <th scope="col" class="number">Passed</th>
          <th scope="col"><span class="sr">Shares</span></th>
          <th scope="col" class="number">Lost</th>
        </tr>
      </thead>
      <tbody>
        ${criteria.map((criterion, at) => rateRow(criterion, at, graded, links))}
      </tbody>
    </table>
  </section>`;
}

function rateRow(
  criterion: ClassReport['criteria'][number],
  at: number,
  rows: readonly ClassRow[],
  { linkTo }: GroupLinks,
): Html {
  const { id, title, points: worth, bonus } = criterion;
  const counts = countsOf(rows, id);
  const counted = counts.reduce((sum, { kind, number }) => sum + (kind === 'pending' ? 0 : number), 0);
  const passed = counts.find(({ kind }) => kind === 'passed')?.number ?? 0;
  const lost = rows.filter((row) => isLost(row, criterion)).length;
  return html`<tr>
    <td><bdi>${title}</bdi></td>
    <td class="number worth">${bonus && '+'}${points(worth)}</td>
    <td class="number">${counted > 0 ? `${Math.floor((100 * passed) / counted)} %` : '–'}</td>
    <td class="share">
      <div
        class="bar"
        role="img"
        aria-label="${counts.map(({ kind, number }) => `${number} ${wordOf(kind)}`).join(', ')}"
      >
        ${counts.map(({ kind, number }) => html`<span class="${kind}" style="flex-grow:${number}"></span>`)}
      </div>
    </td>
    <td class="number">
      ${lost > 0 && html`<a ${linkTo(lostGroup(at))} aria-label="${`${lost} lost ${id}`}">${lost}</a>`}
    </td>
  </tr>`;
}

/** How many rows are of each kind; kinds without rows are left out. */
function countsOf(rows: readonly ClassRow[], id: string): { kind: Kind; number: number }[] {
  const kinds = rows.flatMap(({ criteria }) => (Object.hasOwn(criteria, id) ? [kindOf(criteria[id].status)] : []));
  return KINDS.map((kind) => ({ kind, number: kinds.filter((each) => each === kind).length })).filter(
    ({ number }) => number > 0,
  );
}

const kindOf = (status: Status): Kind => (isPending(status) ? 'pending' : (status as Kind));
const wordOf = (kind: Kind): string => (kind === 'pending' ? kind : STATUS[kind].word);
