import { type Tensor, fromNum } from '../../model/evidence.ts';
import { palettePngUri, type Rgb } from '@im2grade/programs/palettePng';
import { slicesOf } from '../tensor/slices.ts';
import { short } from '../text/numbers.ts';
import { type Html, html } from './html.ts';

const MOST_IMAGES = 12;
/** Larger planes are cropped; no assignment has any. */
const MOST_PIXELS = 256;
const SCALE = 6;

/** A tensor's planes as pixel images, from black at the least value to white at the largest. */
export function pixelImages(tensor: Tensor): Html {
  const { slices, leftOut } = slicesOf(tensor, { rows: MOST_PIXELS, columns: MOST_PIXELS, slices: MOST_IMAGES });
  const finite = tensor.values.map(fromNum).filter(Number.isFinite);
  const least = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const largest = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const shade = (value: number): number =>
    Number.isFinite(value) ? Math.round((254 * (value - least)) / (largest - least || 1)) : NOT_FINITE;
  return html`<div class="slices">
      ${slices.map(({ cells, title }) => {
        const [height, width] = [cells.length, cells[0]?.length ?? 0];
        const pixels = Uint8Array.from(cells.flat(), ({ value }) => shade(fromNum(value)));
        return html`<div class="slice">
          <img
            class="pixels"
            src="${palettePngUri(pixels, width, height, PALETTE)}"
            width="${width * SCALE}"
            height="${height * SCALE}"
            alt="${tensor.name} ${title} as an image of ${height} by ${width} pixels"
          />
          ${title !== '' && html`<p class="cropped">${title}</p>`}
        </div>`;
      })}
    </div>
    <p class="cropped">${leftOut !== '' && `${leftOut}; `}black ${short(least)}, white ${short(largest)}</p>`;
}

const NOT_FINITE = 255;
/** 255 greys, and a red for values that are not numbers. */
const PALETTE: readonly Rgb[] = Array.from({ length: 256 }, (_, i): Rgb =>
  i === NOT_FINITE ? [214, 48, 49] : [i, i, i],
);
