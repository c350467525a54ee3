import type { Shape } from '../graph/Shape.ts';
import type { Take } from './Operator.ts';
import type { Window } from './Window.ts';

/** The shape of an image with a margin around it. */
export const withPadding = ([C, Y, X]: Shape, [[top, bottom], [left, right]]: Window['padding']): Shape => [
  C,
  Y + top + bottom,
  X + left + right,
];

/** Puts a margin around images that have their channels last. */
export function padImages(
  input: Shape,
  padding: Window['padding'],
  value: number,
): (images: Float32Array, count: number, take: Take) => Float32Array {
  const [C, Y, X] = input;
  const [, rows, columns] = withPadding(input, padding);
  const [[top], [left]] = padding;
  return (images, count, take) => {
    const result = take(count * rows * columns * C).fill(value);
    for (let image = 0; image < count; image++)
      for (let y = 0; y < Y; y++) {
        const from = (image * Y + y) * X * C;
        result.set(images.subarray(from, from + X * C), ((image * rows + top + y) * columns + left) * C);
      }
    return result;
  };
}
