import { type GradientCheck, fromNum } from '../../model/evidence.ts';
import { exact, short } from '../text/numbers.ts';
import { type Html, html } from './html.ts';

/** A gradient check, a row per tensor: the largest error, and where it is. */
export function gradientTable({ network, tolerance, tensors }: GradientCheck): Html {
  return html`<p class="muted">
      Gradient check of <bdi>${network}</bdi>. The error |a − n| / max(1, |a|, |n|) may be ${short(tolerance)}.
    </p>
    <div class="scroll" tabindex="0" role="group" aria-label="Gradient check">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Tensor</th>
            <th scope="col" class="number">Elements</th>
            <th scope="col" class="number">Largest error</th>
            <th scope="col" class="number">at</th>
            <th scope="col" class="number">yours</th>
            <th scope="col" class="number">numeric</th>
          </tr>
        </thead>
        <tbody>
          ${tensors.map((tensor) => {
            const right = fromNum(tensor.maxError) <= tolerance;
            return html`<tr${!right && html` class="off"`}>
            <th scope="row"><span class="status ${right ? 'good' : 'bad'}">${right ? '✓' : '✗'}</span> ${tensor.name}</th>
            <td class="number">${tensor.size}${tensor.skippedKinks > 0 && ` (${tensor.skippedKinks} at kinks skipped)`}</td>
            <td class="number">${short(tensor.maxError)}</td>
            <td class="number">${tensor.worstIndex}</td>
            <td class="number">${exact(tensor.analytic)}</td>
            <td class="number">${exact(tensor.numeric)}</td>
          </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}
