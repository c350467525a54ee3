import type { Outcome, ScoreReport } from '../../model/report.ts';
import { points } from '../text/numbers.ts';
import { STATUS, pointsOf } from '../text/status.ts';
import { type GroupScore, groupsOf } from '../text/totals.ts';
import { type Html, html } from './html.ts';

/** The rubric at a glance, each row a link to what happened. */
export function rubricTable(report: ScoreReport): Html {
  return html`<section aria-labelledby="rubric">
    <h2 id="rubric">Rubric</h2>
    <table class="rubric">
      <thead>
        <tr>
          <th scope="col">Criterion</th>
          <th scope="col">Status</th>
          <th scope="col" class="number">Points</th>
        </tr>
      </thead>
      ${groupsOf(report).map(groupRows)}
    </table>
  </section>`;
}

function groupRows({ group, outcomes, earned, possible, pending }: GroupScore): Html {
  return html`<tbody>
    <tr class="group-row">
      <th scope="rowgroup"><bdi>${group}</bdi></th>
      <td>${pending > 0 && `${points(pending)} pending`}</td>
      <td class="number">${possible > 0 && `${points(earned)} / ${points(possible)}`}</td>
    </tr>
    ${outcomes.map(outcomeRow)}
  </tbody>`;
}

function outcomeRow(outcome: Outcome): Html {
  return html`<tr>
    <td>
      <a href="#${outcome.id}"><bdi>${outcome.title}</bdi></a>
    </td>
    <td>${statusMark(outcome)}</td>
    <td class="number">${pointsOf(outcome, points)}</td>
  </tr>`;
}

/** A status by symbol, word and tone. */
export function statusMark({ status }: Outcome): Html {
  const { word, symbol, tone } = STATUS[status];
  return html`<span class="status ${tone}"><span aria-hidden="true">${symbol}</span> ${word}</span>`;
}
