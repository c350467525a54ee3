/** The sizes of a value's axes for one image; the axis of the images comes before them and is left out. */
export type Shape = readonly number[];

export const elementsOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

const MOST_SHOWN = 8;

export function showShape(shape: readonly (number | string)[]): string {
  if (shape.length === 0) return 'one number';
  return shape.slice(0, MOST_SHOWN).join('×') + (shape.length > MOST_SHOWN ? '×…' : '');
}

export const isSameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, i) => size === b[i]);
