import type { Tensor } from '../../model/evidence.ts';

export interface Axis {
  readonly name: string;
  readonly size: number;
}

/** The two axes of a tensor that are drawn as rows and columns; the others number the slices. */
export interface Plane {
  readonly row: Axis | undefined;
  readonly column: Axis | undefined;
  readonly leading: readonly (Axis & { readonly stride: number })[];
  readonly rowStride: number;
  readonly columnStride: number;
}

/**
 * The plane that a person would look at: the last two neighbouring axes named `…y`, `…x` (channels come last, but an
 * image is viewed in y and x), otherwise the last two axes.
 */
export function planeOf(tensor: Tensor): Plane {
  const { axes } = tensor;
  const strides = axes.map((_, a) => axes.slice(a + 1).reduce((product, axis) => product * axis.size, 1));
  const isImage = (a: number): boolean => /y$/i.test(axes[a]?.name ?? '') && /x$/i.test(axes[a + 1]?.name ?? '');
  const image = axes.findLastIndex((_, a) => isImage(a));
  const columnAt = image >= 0 ? image + 1 : axes.length - 1;
  const rowAt = columnAt - 1;
  return {
    row: axes[rowAt],
    column: axes[columnAt],
    leading: axes.map((axis, a) => ({ ...axis, stride: strides[a] })).filter((_, a) => a !== rowAt && a !== columnAt),
    rowStride: strides[rowAt] ?? 0,
    columnStride: strides[columnAt] ?? 0,
  };
}
