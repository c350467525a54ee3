import type { Counterexample, GeometryRecord } from '../../model/evidence.ts';
import { count } from '../text/numbers.ts';
import { wrongCells } from '../tensor/wrongCells.ts';
import { type Html, html } from './html.ts';
import { inputFigures } from './inputs.ts';
import { tensorPair } from './tensor.ts';

/** The smallest input on which a law fails: the law, the tensors drawn, the likely cause. */
export function counterexampleSection(evidence: Counterexample): Html {
  const { law, cause, nearby, geometry, dtype, expected, got, wrongIndex } = evidence;
  const wrong = wrongCells(evidence);
  return html`<section class="counterexample">
    <p class="law">${law}</p>
    ${geometryList(geometry, dtype)} ${inputFigures(evidence)}
    ${(expected || got) && tensorPair(expected, got, wrong, wrongIndex)}
    ${evidence.replay?.against === 'other-inputs' && html`<p class="muted">Expected is computed from your own results for other inputs, which may be wrong themselves.</p>`}
    ${nearbyNote(nearby)} ${cause !== undefined && html`<p class="cause"><strong>Likely cause</strong> ${cause}</p>`}
    ${provenance(evidence)}
  </section>`;
}

/** Which other sizes pass. */
export const nearbyNote = (nearby: string | undefined): Html | undefined =>
  nearby === undefined ? undefined : html`<p class="nearby"><strong>Nearby</strong> ${nearby}</p>`;

/** The sizes by their names. */
export function geometryList(geometry: GeometryRecord | undefined, dtype?: string): Html | undefined {
  if (!geometry) return undefined;
  return html`<ul class="geometry" aria-label="Sizes">
    ${Object.entries(geometry).map(([name, size]) => html`<li>${name} <b>${size}</b></li>`)}
    ${dtype !== undefined && html`<li>${dtype}</li>`}
  </ul>`;
}

function provenance({ runs, shrinks, seed, path }: Counterexample): Html | undefined {
  const parts = [
    runs !== undefined && `found in run ${runs}`,
    shrinks !== undefined && `made smaller ${count(shrinks, 'time')}`,
    seed !== undefined && `seed ${seed}`,
    path !== undefined && `path ${path}`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? html`<p class="id">${parts.join(' · ')}</p>` : undefined;
}
