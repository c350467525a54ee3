import type { ClassReport } from '../../model/classReport.ts';
import { barsOf, distributionInWords, mostPoints } from '../../report/class/bars.ts';
import { type Html, html } from '../../report/html/html.ts';
import { count, points } from '../../report/text/numbers.ts';
import { scoresOf } from '../../report/text/scoresOf.ts';

const [WIDTH, HEIGHT, FOOT] = [620, 140, 18];

/** The distribution of points. It is drawn without a chart library, whose loading would take longer than the page. */
export function histogram(report: ClassReport): Html | undefined {
  const scores = scoresOf(report.rows);
  if (scores.length === 0) return undefined;
  const bars = barsOf(scores, mostPoints(report));
  const most = Math.max(...bars.map((bar) => bar.count));
  const width = WIDTH / bars.length;
  return html`<section aria-labelledby="distribution">
    <h2 id="distribution">Distribution</h2>
    <figure class="chart distribution">
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT + FOOT}" role="img" aria-label="${distributionInWords(scores)}">
        ${bars.map(({ from, to, count: number }, at) => {
          const height = (HEIGHT * number) / most;
          const title = `${points(from)} to ${points(to)} points: ${count(number, 'submission')}`;
          return html`<rect x="${at * width + 1}" y="${HEIGHT - height}" width="${width - 2}" height="${height}">
            <title>${title}</title>
          </rect>`;
        })}
        <text x="0" y="${HEIGHT + FOOT - 3}">0</text>
        <text x="${WIDTH}" y="${HEIGHT + FOOT - 3}" class="end">${points(bars.at(-1)!.to)} points</text>
      </svg>
      <figcaption>${distributionInWords(scores)}</figcaption>
    </figure>
  </section>`;
}
