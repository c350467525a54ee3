import { groupBy } from '../../common/groupBy.ts';
import { sumOf } from '../../common/round.ts';
import type { Outcome, ScoreReport } from '../../model/report.ts';
import { points, withMinus } from '../text/numbers.ts';
import { lostPoints, STATUS } from '../text/status.ts';
import { type Html, html } from './html.ts';

/** Where points were lost, before everything else: each reason once, with links to its criteria. */
export function lostSection({ outcomes }: ScoreReport): Html | undefined {
  const lost = outcomes.filter(lostPoints);
  if (lost.length === 0) return undefined;
  return html`<section aria-labelledby="lost">
    <h2 id="lost">Where points were lost</h2>
    <ul class="lost">
      ${[...groupBy(lost, reasonOf)].map(([reason, group]) => row(reason, group))}
    </ul>
  </section>`;
}

const reasonOf = ({ reason, status }: Outcome): string => reason.split('\n', 1)[0] || STATUS[status].word;

function row(reason: string, outcomes: readonly Outcome[]): Html {
  const lost = sumOf(outcomes.flatMap(({ points, earned }) => [points, -earned]));
  return html`<li>
    <span class="number">${lostText(lost)}</span>
    ${outcomes.map(({ id, title }, i) => html`${i > 0 && ', '}<a href="#${id}"><bdi>${title}</bdi></a>`)}
    <p class="muted">${withMinus(reason)}</p>
  </li>`;
}

const lostText = (lost: number): string => (lost > 0 ? `−${points(lost)}` : '');
