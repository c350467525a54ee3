import type { Classification } from '../../model/evidence.ts';
import { percent } from '../text/numbers.ts';
import { firstLayerFigure } from './firstLayer.ts';
import { type Html, html } from './html.ts';
import { misreadDigits } from './misreadDigits.ts';

/**
 * Accuracy on hidden digits and the confusion matrix, shaded by each label's share; then what may be shown of the
 * network: public digits that it misreads, and its first layer.
 */
export function classificationSection({
  network,
  digits,
  correct,
  accuracy,
  required,
  confusion,
  publicDigits,
  firstLayer,
}: Classification): Html {
  return html`<p class="lead">
      <b>${percent(accuracy)}</b> of ${digits} digits that the submission never saw are right (${correct});
      ${percent(required)} are required. Network: <bdi>${network}</bdi>.
    </p>
    <div class="scroll" tabindex="0" role="group" aria-label="Confusion matrix">
      <table class="confusion">
        <caption>
          How each digit was read
        </caption>
        <thead>
          <tr>
            <th class="corner"><span>digit</span><span class="across">read as</span></th>
            ${confusion.map((_, answer) => html`<th scope="col">${answer}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${confusion.map((counts, label) => confusionRow(counts, label))}
        </tbody>
      </table>
    </div>
    ${publicDigits && misreadDigits(publicDigits)} ${firstLayer && firstLayerFigure(firstLayer)}`;
}

function confusionRow(counts: readonly number[], label: number): Html {
  const sum = counts.reduce((a, b) => a + b, 0);
  return html`<tr>
    <th scope="row">${label}</th>
    ${counts.map((count, answer) => {
      if (count === 0) return html`<td class="none">0</td>`;
      // A few mistakes among hundreds are what matters: the square root makes them visible.
      const shade = Math.round(100 * Math.sqrt(count / sum));
      return html`<td class="${answer === label ? 'right' : 'mistaken'}" style="--share:${shade}%">${count}</td>`;
    })}
  </tr>`;
}
