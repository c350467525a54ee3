import { type GradientCheck, fromNum } from '../../model/evidence.ts';
import { indicesOf } from '../tensor/indices.ts';
import { distinct, exact, short } from '../text/numbers.ts';
import { gradientMaps } from './gradientMaps.ts';
import { type Html, html } from './html.ts';

/** A gradient check, a row per tensor: the largest error, and its position; maps of the errors if one is too large. */
export function gradientTable(check: GradientCheck): Html {
  const { network, tolerance, tensors } = check;
  const causes = tensors.filter(({ cause }) => cause !== undefined);
  return html`<p class="muted">
      Gradient check of <bdi>${network}</bdi>. The error |a − n| / max(1, |a|, |n|) must not exceed ${short(tolerance)}.
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
            const right = isRight(tensor, tolerance);
            const [yours, numeric] = distinct(tensor.analytic, tensor.numeric);
            return html`<tr${!right && html` class="off"`}>
            <th scope="row"><span class="status ${right ? 'good' : 'bad'}">${right ? '✓' : '✗'}</span> ${tensor.name}</th>
            <td class="number">${tensor.size}${tensor.skippedKinks > 0 && ` (${tensor.skippedKinks} at kinks skipped)`}</td>
            <td class="number">${short(tensor.maxError)}</td>
            <td class="number">${placeOf(tensor)}</td>
            <td class="number" title="${exact(tensor.analytic)}">${yours}</td>
            <td class="number" title="${exact(tensor.numeric)}">${numeric}</td>
          </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${!tensors.every((tensor) => isRight(tensor, tolerance)) && gradientMaps(check)}
    ${
      causes.length > 0 &&
      html`<p class="cause">
        <strong>Likely cause</strong>
        ${causes.map(({ name, cause }) => html`<span class="text">${name}: ${cause}</span><br />`)}
      </p>`
    }`;
}

type TensorCheck = GradientCheck['tensors'][number];

const isRight = ({ maxError }: TensorCheck, tolerance: number): boolean => fromNum(maxError) <= tolerance;

/** The worst element by its indices, if the axes are known. */
function placeOf({ worstIndex, errors }: TensorCheck): string {
  if (!errors) return String(worstIndex);
  return Object.entries(indicesOf(errors.axes, worstIndex))
    .map(([name, index]) => `${name}=${index}`)
    .join(' ');
}
