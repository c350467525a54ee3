import { type GreyImage, fromNum } from '../../model/evidence.ts';
import { palettePngUri, type Rgb } from '@im2grade/programs/palettePng';
import type { Slice } from '../tensor/slices.ts';
import { type Html, html } from './html.ts';

/** Maximum side of an image on the page. */
const SIDE = 60;

/** Greys as an image. */
export function greyPicture({ height, width, pixels }: GreyImage, alt: string): Html {
  const bytes = Buffer.from(pixels, 'base64').subarray(0, height * width);
  const greys = new Uint8Array(height * width);
  bytes.forEach((byte, i) => (greys[i] = byte >> 4));
  return picture(greys, { height, width }, GREYS, alt);
}

/** A matrix as an image: blue below 0, red above, more saturated with magnitude; `most` is drawn in full colour. */
export function signedPicture({ cells }: Slice, most: number, alt: string): Html {
  const [height, width] = [cells.length, cells[0]?.length ?? 0];
  const shades = Uint8Array.from(cells.flat(), ({ value }) => signedShade(fromNum(value) / (most || 1)));
  return picture(shades, { height, width }, SIGNED, alt);
}

/** The place in `SIGNED` of a number between -1 and 1. */
export const signedShade = (share: number): number =>
  Number.isFinite(share) ? HALF + Math.round(HALF * Math.min(1, Math.max(-1, share))) : NOT_FINITE;

/** How large a picture is, and how large it is drawn at most. */
interface Size {
  readonly height: number;
  readonly width: number;
  readonly side?: number;
}

/** A matrix in the colours of a palette. The palette is small because hundreds of images have to fit into a page. */
export function picture(
  pixels: Uint8Array,
  { height, width, side = SIDE }: Size,
  palette: readonly Rgb[],
  alt: string,
): Html {
  if (pixels.length === 0) return html``;
  const scale = Math.max(1, Math.floor(side / Math.max(height, width)));
  return html`<img
    class="pixels"
    src="${palettePngUri(pixels, width, height, palette)}"
    width="${width * scale}"
    height="${height * scale}"
    alt="${alt}"
  />`;
}

const GREYS: readonly Rgb[] = Array.from({ length: 16 }, (_, i): Rgb => [i * 17, i * 17, i * 17]);

/** Shades on either side of 0. */
const HALF = 16;
const NOT_FINITE = 2 * HALF + 1;
const [BLUE, WHITE, RED, BLACK]: Rgb[] = [
  [33, 90, 168],
  [247, 247, 247],
  [190, 44, 38],
  [0, 0, 0],
];

/** Blue, white and red, and black for what is no number. */
export const SIGNED: readonly Rgb[] = [
  ...Array.from({ length: HALF }, (_, i) => between(BLUE, WHITE, i / HALF)),
  ...Array.from({ length: HALF + 1 }, (_, i) => between(WHITE, RED, i / HALF)),
  BLACK,
];

function between(from: Rgb, to: Rgb, share: number): Rgb {
  const mixed = (c: 0 | 1 | 2): number => Math.round(from[c] + (to[c] - from[c]) * share);
  return [mixed(0), mixed(1), mixed(2)];
}
