import type { Timing } from '../../model/evidence.ts';
import { median } from '../../common/median.ts';
import { duration, percent } from '../text/numbers.ts';
import { timingChart } from './charts/timingChart.ts';
import { geometryList } from './counterexample.ts';
import { type Html, html } from './html.ts';

/** Speed: the ratio with its interval, and the three distributions from which it is computed. */
export async function timingSection(evidence: Timing): Promise<Html> {
  const { operation, geometry, seconds, ratio, naiveRatio, fullCreditRatio, credit, processes } = evidence;
  const medians = Object.entries(seconds).map(([name, samples]) => `${name} ${duration(median(samples))}`);
  return html`<p class="lead">
      <b>${ratio.median.toFixed(2)} ×</b> the reference’s time for <bdi>${operation}</bdi> (95 % interval
      ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}): ${percent(credit)} of the credit. Full credit up to
      ${fullCreditRatio.toFixed(2)} ×, none from ${naiveRatio.toFixed(1)} × (the naive loops) on.
    </p>
    ${geometryList(geometry)}
    <figure class="chart">
      ${await timingChart(evidence)}
      <figcaption>
        Seconds per call, each dot the fastest call of a turn, the line the median: ${medians.join(', ')}; the band is
        the ratio’s interval, relative to the reference’s median. Timed in turn on the same inputs in ${processes}
        processes of each.
      </figcaption>
    </figure>`;
}
