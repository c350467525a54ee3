import { type LearningCurves, fromNum } from '../../model/evidence.ts';
import { percent, short } from '../text/numbers.ts';
import { curveChart } from './charts/curveChart.ts';
import { type Html, html } from './html.ts';

type Series = LearningCurves['series'][number];
type Measure = 'crossEntropy' | 'accuracy';

/** Cross-entropy and accuracy per epoch, and where they ended. */
export async function learningCurveSection(curves: LearningCurves): Promise<Html> {
  const { network, files, series } = curves;
  const loss = files ? 'Loss' : 'Cross-entropy';
  const from =
    files &&
    html`, as ${files.map((file, i) => html`${i > 0 && ' and '}<code>${file}</code>`)}
    ${files.length > 1 ? 'say' : 'says'}`;
  return html`<figure class="chart">
    <div class="panels">
      ${await panel(loss, curves, 'crossEntropy')} ${await panel('Accuracy', curves, 'accuracy')}
    </div>
    <figcaption>
      Training, epoch by epoch, of <bdi>${network}</bdi>${from}: ${series.map(endOf).filter(Boolean).join('; ')}.
    </figcaption>
  </figure>`;
}

/** The chart of a measure, if anything was measured. */
async function panel(title: string, { series, epochs }: LearningCurves, of: Measure): Promise<Html | undefined> {
  const measured = series.filter((each) => each[of].length > 0);
  if (measured.length === 0) return undefined;
  return curveChart(
    title,
    measured.map((each) => ({ name: each.name, values: each[of].map(fromNum) })),
    epochs,
  );
}

function endOf({ name, crossEntropy, accuracy }: Series): string {
  const ends = [crossEntropy.slice(-1).map(short), accuracy.slice(-1).map((share) => percent(fromNum(share)))].flat();
  return ends.length === 0 ? '' : `${name} ends at ${ends.join(' and ')}`;
}
