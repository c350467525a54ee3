import type { Tensor } from '../../model/evidence.ts';
import { type Slice, slicesOf } from '../tensor/slices.ts';
import { planeOf } from '../tensor/plane.ts';
import { exact, short } from '../text/numbers.ts';
import { type Html, html } from './html.ts';
import { pixelImages } from './pixels.ts';

/** From this many elements in one plane on, an input is looked at rather than read. */
const PIXELS = 200;
const WINDOW = { rows: 8, columns: 8, slices: 4 };

interface Drawing {
  readonly role: 'input' | 'expected' | 'got';
  readonly wrong?: ReadonlySet<number>;
  /** Flat index of the first wrong element; what is cropped stays around it. */
  readonly first?: number | undefined;
  /** Characters that every cell is wide, so that two figures side by side line up. */
  readonly characters?: number;
}

/** A tensor as a figure: a matrix per slice, wrong elements marked; a large input as pixels. */
export function tensorFigure(tensor: Tensor, drawing: Drawing): Html {
  const shape = tensor.axes.map(({ name, size }) => `${name} ${size}`).join(' × ');
  const { row, column } = planeOf(tensor);
  const asPixels = drawing.role === 'input' && (row?.size ?? 1) * (column?.size ?? 1) >= PIXELS;
  return html`<figure class="tensor ${drawing.role}">
    <figcaption>
      <b><bdi>${tensor.name}</bdi></b> ${drawing.role !== 'input' && html`<span class="role">${drawing.role}</span>`}
      <span class="shape">${shape}</span>
    </figcaption>
    ${asPixels ? pixelImages(tensor) : matrices(tensor, drawing)}
  </figure>`;
}

/** Expected and got, side by side, matrix for matrix in the same place. */
export function tensorPair(
  expected: Tensor | undefined,
  got: Tensor | undefined,
  wrong: ReadonlySet<number>,
  first?: number,
): Html {
  const slices = [expected, got].flatMap((tensor) => (tensor ? slicesOf(tensor, WINDOW, first).slices : []));
  const drawing = { wrong, first, characters: Math.max(0, ...slices.map(widest)) };
  return html`<div class="pair">
    ${expected && tensorFigure(expected, { role: 'expected', ...drawing })}
    ${got && tensorFigure(got, { role: 'got', ...drawing })}
  </div>`;
}

function matrices(tensor: Tensor, { wrong = new Set(), first, role, characters = 0 }: Drawing): Html {
  const { slices, leftOut } = slicesOf(tensor, WINDOW, first);
  return html`<div class="slices" style="--cell:${characters}ch">
      ${slices.map((slice) => matrix(slice, wrong, first, role))}
    </div>
    ${leftOut !== '' && html`<p class="cropped">${leftOut}</p>`}`;
}

function matrix(slice: Slice, wrong: ReadonlySet<number>, first: number | undefined, role: string): Html {
  const { row, column, firstRow, firstColumn, cells, title, cropped } = slice;
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
          ${(cells[0] ?? []).map((_, c) => html`<th scope="col">${firstColumn + c}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${cells.map(
          (line, r) =>
            html`<tr>
              <th scope="row">${row ? firstRow + r : ''}</th>
              ${line.map(({ value, flat }) =>
                wrong.has(flat)
                  ? html`<td class="wrong ${flat === first && 'first'}" title="${exact(value)}">
                      <span class="sr">${role === 'got' ? 'wrong: ' : 'should be '}</span>${short(value)}
                    </td>`
                  : html`<td${exact(value) !== short(value) && html` title="${exact(value)}"`}>${short(value)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
    ${cropped !== '' && html`<p class="cropped">${cropped}</p>`}
  </div>`;
}

/** A matrix that is wider than a phone is scrolled, by keyboard too. */
function mayScroll(slice: Slice): boolean {
  const numbers = (slice.cells[0]?.length ?? 0) * Math.max(5, widest(slice) + 2);
  const names = Math.max(0, (slice.row?.name.length ?? 0) + (slice.column?.name.length ?? 0) - 4);
  return Math.max(slice.title.length, names + numbers) > 44;
}

/** The characters of a matrix's longest number. */
const widest = ({ cells }: Slice): number => Math.max(0, ...cells.flat().map(({ value }) => short(value).length));
