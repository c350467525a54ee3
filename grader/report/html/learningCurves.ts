import { type LearningCurves, fromNum } from '../../model/evidence.ts';
import { percent, short } from '../text/numbers.ts';
import { curveChart } from './charts/curveChart.ts';
import { type Html, html } from './html.ts';

/** Cross-entropy and accuracy per epoch, and where they ended. */
export async function learningCurveSection({ network, series }: LearningCurves): Promise<Html> {
  const curves = (of: 'crossEntropy' | 'accuracy') =>
    series.map((entry) => ({ name: entry.name, values: entry[of].map(fromNum) }));
  const ends = series.map(
    ({ name, crossEntropy, accuracy }) =>
      `${name} ends at ${short(crossEntropy.at(-1) ?? 'NaN')} and ${percent(fromNum(accuracy.at(-1) ?? 'NaN'))}`,
  );
  return html`<figure class="chart">
    <div class="panels">
      ${await curveChart('Cross-entropy', curves('crossEntropy'))} ${await curveChart('Accuracy', curves('accuracy'))}
    </div>
    <figcaption>Training, epoch by epoch, of <bdi>${network}</bdi>: ${ends.join('; ')}.</figcaption>
  </figure>`;
}
