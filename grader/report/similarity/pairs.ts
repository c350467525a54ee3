import type { Fragment, Pair, PairPart, Similarity, Work } from '../../model/similarity.ts';
import { type Html, html } from '../html/html.ts';
import { count, percent } from '../text/numbers.ts';

/** Pairs that are unfolded when the page is opened. */
const UNFOLDED = 1;

/** The pairs, the most alike first, each with the longest parts in common side by side. */
export function pairSection({ pairs, works, groups, more, leftOut }: Similarity): Html {
  return html`<section aria-labelledby="pairs">
    <h2 id="pairs">Pairs</h2>
    ${introduction(pairs, leftOut.length > 0)} ${pairs.map((pair, at) => pairDetails(pair, at, works, groups))}
    ${more > 0 && html`<p class="muted">${count(more, 'more pair')} stand out and are not shown.</p>`}
  </section>`;
}

/** @param isPartial - whether the likeness of some submissions is not judged */
function introduction(pairs: readonly Pair[], isPartial: boolean): Html {
  if (pairs.length === 0)
    return isPartial
      ? html`<p>Only submissions under <a href="#left-out">Not judged</a> have much code in common.</p>`
      : html`<p>No two submissions have much code in common.</p>`;
  if (pairs.some(({ standsOut }) => standsOut)) return html`<p class="muted">The most alike first.</p>`;
  return html`<p>No pair stands out. These are the most alike, as any class has some.</p>`;
}

function pairDetails(
  { first, second, similarity, standsOut, parts }: Pair,
  at: number,
  works: readonly Work[],
  groups: Similarity['groups'],
): Html {
  return html`<details class="criterion alike" ${at < UNFOLDED && OPEN}>
    <summary>
      <span class="both"
        >${nameOf(works[first], groups)} <span class="muted">and</span> ${nameOf(works[second], groups)}</span
      >
      <span class="${standsOut ? 'middling' : 'muted'}">${standsOut ? 'stands out' : ''}</span>
      <span class="number">${percent(similarity)}</span>
    </summary>
    <div class="body">${parts.map((part) => partOf(part, works[first], works[second]))}</div>
  </details>`;
}

const OPEN = html`open`;

/** A name, and where it is from unless that is the class. */
export const nameOf = ({ name, group }: Work, groups: Similarity['groups']): Html =>
  html`<bdi>${name}</bdi>${group > 0 && html` <span class="muted">(<bdi>${groups[group].name}</bdi>)</span>`}`;

const partOf = ({ path, similarity, fragments }: PairPart, first: Work, second: Work): Html =>
  html`<h3><code>${path}</code> <span class="muted">${percent(similarity)}</span></h3>
    ${fragments.map((fragment) => fragmentOf(fragment, first, second))}`;

const fragmentOf = (fragment: Fragment, first: Work, second: Work): Html =>
  html`<div class="side">
    ${[[fragment.first, first] as const, [fragment.second, second] as const].map(
      ([side, { name }]) =>
        html`<figure>
          <figcaption><bdi>${name}</bdi>, <code>${side.path}</code>, line ${side.line}</figcaption>
          <pre
            tabindex="0"
            role="group"
            aria-label="${side.path} of ${name} from line ${side.line} on"
          ><code>${side.text}</code></pre>
        </figure>`,
    )}
  </div>`;
