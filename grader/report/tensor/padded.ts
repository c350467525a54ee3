import type { GeometryRecord, Tensor } from '../../model/evidence.ts';

/** The index of a tensor's first element along an axis, if it is not 0. */
export type Origin = Readonly<Record<string, number>>;

/** A tensor with the border that a convolution sees around it. */
export interface Padded {
  readonly tensor: Tensor;
  readonly origin: Origin;
  /** Flat indices of the border. */
  readonly border: ReadonlySet<number>;
}

/** The sizes of the padding, by the axis that is padded. */
const PADDING: Readonly<Record<string, string>> = { iy: 'Py', ix: 'Px' };

/** Adds zeros around an image according to its geometry; other tensors are returned unchanged. */
export function padded(tensor: Tensor, geometry: GeometryRecord = {}): Padded {
  const margins = tensor.axes.map(({ name }) => marginOf(geometry[PADDING[name]]));
  if (margins.every((margin) => margin === 0)) return { tensor, origin: {}, border: new Set() };
  const axes = tensor.axes.map(({ name, size }, a) => ({ name, size: size + 2 * margins[a] }));
  const border = new Set<number>();
  const total = axes.reduce((product, { size }) => product * size, 1);
  const values = Array.from({ length: total }, (_, flat) => {
    const from = sourceOf(flat, tensor, margins);
    if (from === undefined) border.add(flat);
    return from === undefined ? 0 : tensor.values[from];
  });
  const origin = Object.fromEntries(tensor.axes.map(({ name }, a) => [name, 0 - margins[a]]));
  return { tensor: { ...tensor, axes, values }, origin, border };
}

/** More padding would not be readable. */
const MOST_MARGIN = 16;

const marginOf = (size = 0): number => (Number.isInteger(size) && size > 0 && size <= MOST_MARGIN ? size : 0);

/** The element's index before padding; undefined in the border. */
function sourceOf(flat: number, { axes }: Tensor, margins: readonly number[]): number | undefined {
  let [rest, from, stride] = [flat, 0, 1];
  for (let a = axes.length - 1; a >= 0; a--) {
    const { size } = axes[a];
    const whole = size + 2 * margins[a];
    const index = (rest % whole) - margins[a];
    if (index < 0 || index >= size) return undefined;
    from += index * stride;
    stride *= size;
    rest = Math.floor(rest / whole);
  }
  return from;
}
