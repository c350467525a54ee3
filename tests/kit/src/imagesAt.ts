import { sizeOf, type Tensor, zeros } from '@im2grade/tensor';

/**
 * A batch made of images of another one.
 *
 * @param places - of the images, each as often as the batch is to have it
 *
 * @example
 * ```ts
 * imagesAt(tensor([2, 3], [1, 2, 3, 4, 5, 6]), [1, 1]); // [2][3]: 4, 5, 6, 4, 5, 6
 * ```
 */
export function imagesAt(images: Tensor, places: readonly number[]): Tensor {
  const [, ...rest] = images.shape;
  const size = sizeOf(rest);
  const batch = zeros([places.length, ...rest], images);
  places.forEach((place, n) => batch.data.set(images.data.subarray(place * size, (place + 1) * size), n * size));
  return batch;
}
