import type { Num, Tensor } from '../../model/evidence.ts';
import type { Origin } from '../tensor/padded.ts';
import { type Slice, slicesOf } from '../tensor/slices.ts';
import { planeOf } from '../tensor/plane.ts';
import { distinctTexts } from '../tensor/wrongCells.ts';
import { exact, short } from '../text/numbers.ts';
import { type Html, html } from './html.ts';
import { pixelImages } from './pixels.ts';

/** From this number of elements in one plane on, an input is drawn as pixels instead of numbers. */
const PIXELS = 200;
const WINDOW = { rows: 8, columns: 8, slices: 4, asMatrix: true };
/** A tensor of up to this many numbers is drawn whole. */
const MOST_WHOLE = 60;

const windowOf = ({ values }: Tensor) => (values.length <= MOST_WHOLE ? { ...WINDOW, slices: MOST_WHOLE } : WINDOW);

/** What is to be said about a cell in addition to its value. */
export interface Mark {
  readonly style: string;
  /** Read before the value by screen readers. */
  readonly spoken?: string;
}

interface Drawing {
  readonly role: 'input' | 'expected' | 'got';
  readonly markOf?: (flat: number) => Mark | undefined;
  /** Flat index of the element around which the tensor is cropped. */
  readonly around?: number | undefined;
  readonly origin?: Origin;
  /** The tensor's own shape, if more than the tensor is drawn. */
  readonly axes?: Tensor['axes'];
  /** The text of elements that need more digits than others. */
  readonly textOf?: (flat: number) => string | undefined;
  /** Width of every cell in characters, so that two figures side by side line up. */
  readonly characters?: number;
}

/** A tensor as a figure: a matrix per slice, wrong elements marked; a large input as pixels. */
export function tensorFigure(tensor: Tensor, drawing: Drawing): Html {
  const shape = (drawing.axes ?? tensor.axes).map(({ name, size }) => `${name} ${size}`).join(' × ');
  const asPixels = drawing.role === 'input' && isLookedAt(tensor);
  return html`<figure class="tensor ${drawing.role}">
    <figcaption>
      <b><bdi>${tensor.name}</bdi></b> ${drawing.role !== 'input' && html`<span class="role">${drawing.role}</span>`}
      <span class="shape">${shape}</span>
    </figcaption>
    ${asPixels ? pixelImages(tensor) : matrices(tensor, drawing)}
  </figure>`;
}

/** True if an input is too large to be read as numbers: it is drawn as pixels, without marks. */
export function isLookedAt(tensor: Tensor): boolean {
  const { row, column } = planeOf(tensor);
  return (row?.size ?? 1) * (column?.size ?? 1) >= PIXELS;
}

/** Expected and got, side by side, with matching matrices in the same place. */
export function tensorPair(
  expected: Tensor | undefined,
  got: Tensor | undefined,
  wrong: ReadonlySet<number>,
  first?: number,
): Html {
  const slices = [expected, got].flatMap((tensor) => (tensor ? slicesOf(tensor, windowOf(tensor), first).slices : []));
  const texts = distinctTexts({ expected, got }, wrong);
  const longest = [...wrong].flatMap((flat) => [texts(0)(flat) ?? '', texts(1)(flat) ?? '']).map((text) => text.length);
  const drawing = { around: first, characters: Math.max(0, ...slices.map(widest), ...longest) };
  const marking = (spoken: string) => (flat: number) =>
    wrong.has(flat) ? { style: flat === first ? 'wrong first' : 'wrong', spoken } : undefined;
  return html`<div class="pair">
    ${expected && tensorFigure(expected, { role: 'expected', markOf: marking('should be '), textOf: texts(0), ...drawing })}
    ${got && tensorFigure(got, { role: 'got', markOf: marking('wrong: '), textOf: texts(1), ...drawing })}
  </div>`;
}

function matrices(tensor: Tensor, drawing: Drawing): Html {
  const { around, origin, characters = 0 } = drawing;
  const { slices, leftOut } = slicesOf(tensor, windowOf(tensor), around, origin);
  return html`<div class="slices" style="--cell:${characters}ch">${slices.map((slice) => matrix(slice, drawing))}</div>
    ${leftOut !== '' && html`<p class="cropped">${leftOut}</p>`}`;
}

function matrix(slice: Slice, { markOf, textOf }: Drawing): Html {
  const { row, column, firstRow, firstColumn, labels, cells, title, cropped } = slice;
  return html`<div
    class="slice"
    ${mayScroll(slice) && html` tabindex="0" role="group" aria-label="${title || 'matrix'}"`}
  >
    <table class="matrix">
      ${
        title !== '' &&
        html`<caption>
          ${title}
        </caption>`
      }
      <thead>
        <tr>
          <th class="corner">${row && html`<span>${row.name}</span>`}<span class="across">${column?.name}</span></th>
          ${(cells[0] ?? []).map((_, c) => html`<th scope="col">${labels?.columns[c] ?? short(firstColumn + c)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${cells.map(
          (line, r) =>
            html`<tr>
              <th scope="row">${labels?.rows[r] ?? (row ? short(firstRow + r) : '')}</th>
              ${line.map(({ value, flat }) => cell(value, markOf?.(flat), textOf?.(flat)))}
            </tr>`,
        )}
      </tbody>
    </table>
    ${cropped !== '' && html`<p class="cropped">${cropped}</p>`}
  </div>`;
}

const cell = (value: Num, mark: Mark | undefined, text = short(value)): Html =>
  html`<td${mark && html` class="${mark.style}"`}${exact(value) !== text && html` title="${exact(value)}"`}>
    ${mark?.spoken !== undefined && html`<span class="sr">${mark.spoken}</span>`}${text}
  </td>`;

/** A matrix that is wider than a phone can be scrolled, by keyboard too. */
function mayScroll(slice: Slice): boolean {
  const numbers = (slice.cells[0]?.length ?? 0) * Math.max(5, widest(slice) + 2);
  const names = Math.max(0, (slice.row?.name.length ?? 0) + (slice.column?.name.length ?? 0) - 4);
  return Math.max(slice.title.length, names + numbers) > 44;
}

/** The characters of a matrix's longest number. */
const widest = ({ cells }: Slice): number => Math.max(0, ...cells.flat().map(({ value }) => short(value).length));
