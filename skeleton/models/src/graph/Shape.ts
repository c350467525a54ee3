/** The sizes of a value's axes for one image; the axis of the images comes before them and is left out. */
export type Shape = readonly number[];

export const elementsOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

export const showShape = (shape: Shape): string => (shape.length === 0 ? 'one number' : shape.join('×'));

export const isSameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, i) => size === b[i]);
