import type { Similarity } from '../../model/similarity.ts';
import { type Html, html, trusted } from '../html/html.ts';
import { count, percent } from '../text/numbers.ts';
import { nameOf } from './pairs.ts';

const [RADIUS_LEAST, RADIUS_EACH, MARGIN, DOT, ROW] = [26, 9, 22, 11, 640];

interface Circle {
  readonly works: readonly number[];
  readonly radius: number;
  readonly x: number;
  readonly y: number;
}

/** The groups that pairs connect: a picture with a numbered dot for each submission, and the names. */
export function clusterSection({ clusters, works, groups, pairs }: Similarity): Html | undefined {
  if (clusters.length === 0) return undefined;
  const numbers = new Map(clusters.flat().map((work, at) => [work, at + 1]));
  return html`<section aria-labelledby="groups">
    <h2 id="groups">Groups</h2>
    <p class="muted">
      A line connects two submissions that stand out; the thicker, the more alike. A group is what lines connect: two of
      it may have nothing in common.
    </p>
    <figure class="chart graph">${graph(clusters, pairs, numbers)}</figure>
    <ul class="groups">
      ${clusters.map(
        (cluster) =>
          html`<li>
            <p>${count(cluster.length, 'submission')}</p>
            <ul>
              ${cluster.map((work) => html`<li><b>${numbers.get(work)}</b> ${nameOf(works[work], groups)}</li>`)}
            </ul>
          </li>`,
      )}
    </ul>
  </section>`;
}

function graph(
  clusters: Similarity['clusters'],
  pairs: Similarity['pairs'],
  numbers: ReadonlyMap<number, number>,
): Html {
  const circles = laidOut(clusters);
  const places = new Map(circles.flatMap(placesOn));
  const width = Math.max(...circles.map(({ x, radius }) => x + radius)) + MARGIN;
  const height = Math.max(...circles.map(({ y, radius }) => y + radius)) + MARGIN;
  const lines = pairs.filter(({ standsOut }) => standsOut);
  return html`<svg
    viewBox="0 0 ${px(width)} ${px(height)}"
    width="${px(width)}"
    role="img"
    aria-label="${inWords(clusters)}"
  >
    ${lines.map(({ first, second, similarity }) => {
      const [from, to] = [places.get(first)!, places.get(second)!];
      const ends = html`x1="${px(from.x)}" y1="${px(from.y)}" x2="${px(to.x)}" y2="${px(to.y)}"`;
      return html`<line ${ends} stroke-width="${px(1 + 8 * (similarity - 0.5))}"
        ><title>${percent(similarity)}</title></line
      >`;
    })}
    ${[...places].map(
      ([work, { x, y }]) =>
        html`<circle cx="${px(x)}" cy="${px(y)}" r="${DOT}" /><text x="${px(x)}" y="${px(y + 4)}"
            >${numbers.get(work)}</text
          >`,
    )}
  </svg>`;
}

const inWords = (clusters: Similarity['clusters']): string =>
  `${count(clusters.length, 'group')}: of ${clusters.map(({ length }) => length).join(', ')} submissions`;

/** In rows, from left to right. */
function laidOut(clusters: Similarity['clusters']): Circle[] {
  let [left, top, rowHeight] = [0, 0, 0];
  return clusters.map((works) => {
    const radius = Math.max(RADIUS_LEAST, RADIUS_EACH * works.length * 0.5);
    const size = 2 * (radius + MARGIN);
    if (left > 0 && left + size > ROW) [left, top, rowHeight] = [0, top + rowHeight, 0];
    const circle = { works, radius, x: left + size / 2, y: top + size / 2 };
    [left, rowHeight] = [left + size, Math.max(rowHeight, size)];
    return circle;
  });
}

const placesOn = ({ works, radius, x, y }: Circle): [work: number, place: { x: number; y: number }][] =>
  works.map((work, at) => {
    const angle = (2 * Math.PI * at) / works.length - Math.PI / 2;
    return [work, { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) }];
  });

const px = (length: number): Html => trusted(length.toFixed(1));
