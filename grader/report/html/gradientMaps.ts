import { type ErrorMap, fromNum, type GradientCheck } from '../../model/evidence.ts';
import type { Rgb } from '@im2grade/programs/palettePng';
import { type Slice, slicesOf } from '../tensor/slices.ts';
import { count } from '../text/numbers.ts';
import { type Html, html } from './html.ts';
import { picture } from './pictures.ts';

const WINDOW = { rows: 64, columns: 64, slices: 12 };

/** Which elements of each tensor's gradient are wrong, and by how much: an image for each of its matrices. */
export function gradientMaps({ tensors, tolerance }: GradientCheck): Html | undefined {
  const maps = tensors.flatMap(({ name, errors }) => (errors ? [tensorMap(name, errors, tolerance)] : []));
  if (maps.length === 0) return undefined;
  return html`<figure class="gallery">
    <figcaption>
      Where the gradients are wrong. The colour shows an element’s error divided by the tolerance.
    </figcaption>
    <ul class="legend scale">
      <li><span style="background:rgb(${RIGHT.join()})"></span>at most 1</li>
      <li>
        ${WRONG.map((colour) => html`<span style="background:rgb(${colour.join()})"></span>`)}up to 10, 100, … a million
        and more
      </li>
      <li><span style="background:rgb(${NO_NUMBER.join()})"></span>not a number</li>
      <li><span style="background:rgb(${NOT_TAKEN.join()})"></span>not checked</li>
    </ul>
    ${maps}
  </figure>`;
}

function tensorMap(name: string, { axes, values }: ErrorMap, tolerance: number): Html {
  const shades = values.map((error) => shadeOf(error === null ? undefined : fromNum(error), tolerance));
  const { slices, leftOut } = slicesOf({ name, axes, values: shades }, WINDOW, worstOf(shades));
  const taken = shades.filter((shade) => shade !== SHADES.notTaken).length;
  const wrong = shades.filter(isWrong).length;
  return html`<div class="map">
    <p>
      <b>${name}</b> <span class="shape">${axes.map((axis) => `${axis.name} ${axis.size}`).join(' × ')}</span>
      · ${wrong} of ${count(taken, 'element')} wrong${leftOut !== '' && `; ${leftOut}`}
    </p>
    <ul class="pictures">
      ${slices.map(
        (slice) =>
          html`<li>
            ${sliceMap(name, slice)}
            <p class="cropped">${slice.title || axesOf(slice)}</p>
          </li>`,
      )}
    </ul>
  </div>`;
}

function sliceMap(name: string, slice: Slice): Html {
  const { cells, title } = slice;
  const shades = Uint8Array.from(cells.flat(), ({ value }) => Number(value));
  const wrong = shades.filter(isWrong).length;
  const alt = `errors of ${name} ${title}: ${wrong} of ${shades.length} wrong`;
  return picture(shades, { height: cells.length, width: cells[0]?.length ?? 0 }, PALETTE, alt);
}

/** The axes of rows and columns. */
const axesOf = ({ row, column }: Slice): string => [row?.name, column?.name].filter(Boolean).join(' \\ ');

const RIGHT: Rgb = [205, 226, 214];
/** One order of magnitude each. */
const WRONG: readonly Rgb[] = [
  [253, 219, 160],
  [250, 182, 98],
  [240, 140, 66],
  [221, 92, 52],
  [186, 46, 47],
  [128, 18, 40],
];
const NO_NUMBER: Rgb = [0, 0, 0];
const NOT_TAKEN: Rgb = [190, 194, 198];
const PALETTE: readonly Rgb[] = [RIGHT, ...WRONG, NO_NUMBER, NOT_TAKEN];
const SHADES = { right: 0, noNumber: WRONG.length + 1, notTaken: WRONG.length + 2 } as const;

function shadeOf(error: number | undefined, tolerance: number): number {
  if (error === undefined) return SHADES.notTaken;
  if (!Number.isFinite(error)) return SHADES.noNumber;
  if (error <= tolerance) return SHADES.right;
  return Math.min(WRONG.length, Math.max(1, Math.ceil(Math.log10(error / tolerance))));
}

const isWrong = (shade: number): boolean => shade > SHADES.right && shade < SHADES.notTaken;

/** The position of the worst element, so that it is among those drawn. */
const worstOf = (shades: readonly number[]): number =>
  shades.reduce(
    (worst, shade, at) => (isWrong(shade) && !(shades[worst] >= shade && isWrong(shades[worst])) ? at : worst),
    0,
  );
