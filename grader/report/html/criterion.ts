import { type Evidence, isComment } from '../../model/evidence.ts';
import type { Outcome } from '../../model/report.ts';
import { points, withMinus } from '../text/numbers.ts';
import { lostPoints, pointsOf } from '../text/status.ts';
import { evidenceSection } from './evidence.ts';
import { type Html, html } from './html.ts';
import { statusMark } from './rubric.ts';
import { scalingFigure } from './scaling.ts';

/** Evidence worth showing even if no points were lost. */
const CHARTED: ReadonlySet<Evidence['type']> = new Set([
  'timing',
  'scaling',
  'learning-curves',
  'classification',
  'pictures',
] as const);

/**
 * One criterion: what was asked, what happened, the evidence, and how to run it again; open if there is something to
 * see.
 */
export async function criterionSection(outcome: Outcome): Promise<Html> {
  const evidence = await Promise.all(outcome.evidence.map(evidenceSection));
  const curve = await scalingFigure(outcome.evidence.filter((each) => each.type === 'scaling'));
  const isLost = lostPoints(outcome) && outcome.status !== 'not-attempted';
  const open = isLost || outcome.evidence.some((each) => CHARTED.has(each.type) || isComment(each));
  return html`<details class="criterion" ${open && html`open`}>
    <summary>
      <h3><bdi>${outcome.title}</bdi></h3>
      ${statusMark(outcome)}
      <span class="number">${pointsOf(outcome, points)}</span>
    </summary>
    <div class="body" id="${outcome.id}">
      <dl class="facts">
        <dt>Asked</dt>
        <dd>${outcome.asks}</dd>
        ${
          outcome.reason !== '' &&
          html`<dt>Happened</dt>
            <dd class="text">${withMinus(outcome.reason)}</dd>`
        }
        ${
          outcome.substituted.length > 0 &&
          html`<dt>Help</dt>
            <dd>Examined on the reference’s ${outcome.substituted.map((path) => html`<code>${path}</code> `)}</dd>`
        }
      </dl>
      ${evidence} ${curve} ${outcome.replay !== '' && replay(outcome.replay)}
      <p class="id">
        ${outcome.id} · ${outcome.kind} · ${outcome.visibility === 'visible' ? 'public' : outcome.visibility}
      </p>
    </div>
  </details>`;
}

function replay(command: string): Html {
  return html`<p class="replay">
    <span>Run it again</span> <code>${command.split(' ').map((word) => html`<span>${word}</span> `)}</code>
  </p>`;
}
