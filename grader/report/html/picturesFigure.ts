import type { Picture, Pictures } from '../../model/pictures.ts';
import type { Rgb } from '@im2grade/programs/palettePng';
import { short } from '../text/numbers.ts';
import { type Html, html } from './html.ts';
import { picture, signedShade, SIGNED } from './pictures.ts';

/** Of one picture on the page; many are drawn smaller. */
const [LARGE, SMALL] = [128, 64];
const MANY = 16;

/** Pictures of a network, after the image that they were computed from. */
export function picturesFigure({ shows, drawn, most, given, pictures }: Pictures): Html {
  const side = pictures.length > MANY ? SMALL : LARGE;
  const key =
    drawn === 'signed'
      ? `Blue is below 0, red above; full colour is ±${short(most)}.`
      : `Grey is 0; full red, green and blue are ${short(most)}, none of them −${short(most)}.`;
  return html`<figure class="gallery">
    <figcaption>${shows} ${key}</figcaption>
    <ul class="pictures">
      ${given && item(given, coloured(given, side))}
      ${pictures.map((each) => item(each, drawn === 'signed' ? signed(each, side) : coloured(each, side)))}
    </ul>
  </figure>`;
}

const item = ({ name }: Picture, drawn: Html): Html =>
  html`<li>
    ${drawn}
    <p class="cropped">${name}</p>
  </li>`;

function signed({ name, height, width, pixels }: Picture, side: number): Html {
  const bytes = sized(pixels, height * width);
  return picture(
    bytes.map((byte) => signedShade((byte - 128) / 127)),
    { height, width, side },
    SIGNED,
    name,
  );
}

function coloured({ name, height, width, pixels }: Picture, side: number): Html {
  const { indices, palette } = indexed(sized(pixels, 3 * height * width));
  return picture(indices, { height, width, side }, palette, name);
}

/** As many bytes as the picture has, whatever a report holds. */
function sized(pixels: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(Buffer.from(pixels, 'base64').subarray(0, length));
  return bytes;
}

const MOST_COLOURS = 256;

/** Pixels as places in a palette of their own colours, which are made coarser until it is small enough. */
function indexed(pixels: Uint8Array): { readonly indices: Uint8Array; readonly palette: readonly Rgb[] } {
  for (let bits = 8; ; bits--) {
    const [levels, steps] = [2 ** bits - 1, 2 ** (8 - bits)];
    const coarse = pixels.map((byte) => Math.round((Math.floor(byte / steps) * 255) / levels));
    const places = new Map<number, number>();
    const indices = new Uint8Array(pixels.length / 3);
    for (let i = 0; i < indices.length; i++) {
      const colour = (coarse[3 * i] << 16) | (coarse[3 * i + 1] << 8) | coarse[3 * i + 2];
      if (!places.has(colour)) places.set(colour, places.size);
      indices[i] = places.get(colour)!;
    }
    if (places.size > MOST_COLOURS) continue;
    return {
      indices,
      palette: [...places.keys()].map((colour): Rgb => [colour >> 16, (colour >> 8) & 255, colour & 255]),
    };
  }
}
