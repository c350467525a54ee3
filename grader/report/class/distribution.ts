import { median } from '../../common/median.ts';
import type { ClassReport } from '../../model/classReport.ts';
import { vegaSvg } from '../html/charts/vegaSvg.ts';
import { type Html, html } from '../html/html.ts';
import { points } from '../text/numbers.ts';
import { scoresOf } from '../text/scoresOf.ts';
import { barsOf, distributionInWords, mostPoints } from './bars.ts';

/** The distribution of earned points: a bar for each range. */
export async function distributionSection(report: ClassReport): Promise<Html | undefined> {
  const scores = scoresOf(report.rows);
  if (scores.length === 0) return undefined;
  return html`<section aria-labelledby="distribution">
    <h2 id="distribution">Distribution</h2>
    <figure class="chart distribution">
      ${await histogram(scores, mostPoints(report))}
      <figcaption>${distributionInWords(scores)}</figcaption>
    </figure>
  </section>`;
}

function histogram(scores: readonly number[], most: number): Promise<Html> {
  const bars = barsOf(scores, most);
  const middle = median(scores);
  // On the side that has room for it.
  const side = middle < most / 2 ? ({ align: 'left', dx: 6 } as const) : ({ align: 'right', dx: -6 } as const);
  const x = { field: 'from', type: 'quantitative', axis: { title: 'points', grid: false, format: 'd' } } as const;
  return vegaSvg({
    description: `Histogram of earned points, ${bars.length} bars`,
    width: 620,
    height: 180,
    layer: [
      {
        data: { values: bars },
        mark: { type: 'rect', color: '#2f81d6', xOffset: 1, x2Offset: -1 },
        encoding: {
          x,
          x2: { field: 'to' },
          y2: { datum: 0 },
          y: {
            field: 'count',
            type: 'quantitative',
            scale: { zero: true },
            axis: { title: 'submissions', tickMinStep: 1, tickCount: 4, format: 'd' },
          },
        },
      },
      {
        data: { values: [{ middle, label: `median ${points(middle)}` }] },
        encoding: { x: { field: 'middle', type: 'quantitative' } },
        layer: [
          { mark: { type: 'rule', y: -12, y2: 180, color: 'currentColor', strokeDash: [4, 3], strokeWidth: 1.5 } },
          {
            mark: { type: 'text', ...side, y: -6, fontSize: 12, fontWeight: 600, color: 'currentColor' },
            encoding: { text: { field: 'label', type: 'nominal' } },
          },
        ],
      },
    ],
  });
}
