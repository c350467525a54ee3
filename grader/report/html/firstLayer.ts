import { type FirstLayer, fromNum, type Tensor } from '../../model/evidence.ts';
import { type Slice, slicesOf } from '../tensor/slices.ts';
import { short } from '../text/numbers.ts';
import { type Html, html } from './html.ts';
import { greyPicture, signedPicture } from './pictures.ts';

const MOST_FILTERS = 16;
/** Larger images are cropped; no assignment has any. */
const MOST_PIXELS = 64;

/** The first layer's filters, each above its output for one public digit. */
export function firstLayerFigure({ filterCount, filters, digit, label, activations }: FirstLayer): Html {
  const [kernels, maps] = [picturesOf(filters), picturesOf(activations)];
  const [strongest, loudest] = [largest(filters), largest(activations)];
  return html`<figure class="gallery">
    <figcaption>
      The first layer’s filters (${counted(kernels.length, filterCount)}), each above its answer to the public digit on
      the left. Blue is below 0, red above; full colour is ±${short(strongest)} in a filter and ±${short(loudest)} in an
      answer.
    </figcaption>
    <ul class="pictures">
      <li class="given">
        ${greyPicture(digit, `the digit, a handwritten ${label}`)}
        <p class="cropped">digit ${label}</p>
      </li>
      ${kernels.map(
        (kernel, i) =>
          html`<li>
            ${signedPicture(kernel, strongest, `weights of ${named(kernel)}`)}
            ${maps[i] && signedPicture(maps[i], loudest, `answer of ${named(kernel)}`)}
            <p class="cropped">${named(kernel)}</p>
          </li>`,
      )}
    </ul>
  </figure>`;
}

const picturesOf = (tensor: Tensor): readonly Slice[] =>
  slicesOf(tensor, { rows: MOST_PIXELS, columns: MOST_PIXELS, slices: MOST_FILTERS }).slices;

const named = ({ title }: Slice): string => title.replace('=', ' ');

const counted = (shown: number, all: number): string => (shown < all ? `${shown} of ${all}` : `all ${all}`);

const largest = ({ values }: Tensor): number =>
  values
    .map((value) => Math.abs(fromNum(value)))
    .filter(Number.isFinite)
    .reduce((a, b) => Math.max(a, b), 0);
