import type { Scaling } from '../../model/evidence.ts';
import { median } from '../../common/median.ts';
import { duration, percent } from '../text/numbers.ts';
import { scalingCurve } from './charts/scalingCurve.ts';
import { scalingChart } from './charts/scalingChart.ts';
import { geometryList } from './counterexample.ts';
import { type Html, html } from './html.ts';

/** A team's speed-up and the reference's, with the times from which they are computed. */
export async function scalingSection(evidence: Scaling): Promise<Html> {
  const { operation, geometry, team, seconds, speedUp, work, credit } = evidence;
  const { submission, reference } = speedUp;
  const medians = Object.entries(seconds).map(
    ([name, { alone, inTurns, together }]) =>
      `${name} ${duration(median(alone))} on one thread, ${duration(median(inTurns))} in turns, ${duration(median(together))} together`,
  );
  return html`<p class="lead">
      ${team} threads do <bdi>${operation}</bdi> <b>${submission.median.toFixed(2)} ×</b> as fast as one (95 % interval
      ${submission.low.toFixed(2)} to ${submission.high.toFixed(2)}), the reference’s ${reference.median.toFixed(2)} ×:
      ${percent(credit)} of the credit.
    </p>
    ${geometryList(geometry)}
    <figure class="chart">
      ${await scalingChart(evidence)}
      <figcaption>
        Speed-up over the same team when one member works at a time, or over one thread when that is faster; each dot is
        a call. Medians:
        ${medians.join('; ')}.${work && ` No member writes more than ${percent(work.largestPart)} of the results.`}
      </figcaption>
    </figure>`;
}

/** All team sizes of one criterion as a curve. */
export async function scalingFigure(evidence: readonly Scaling[]): Promise<Html | undefined> {
  if (evidence.length === 0) return undefined;
  return html`<figure class="chart">
    ${await scalingCurve(evidence)}
    <figcaption>Speed-up over threads; the bars are the 95 % intervals.</figcaption>
  </figure>`;
}
