import { type Tensor, zeros } from '@im2grade/tensor';

/**
 * What a square window sees of all images and channels (`GetPatch` of the original).
 *
 * @param images - `[N][C][Y][X]`
 * @param y - the window's first row; rows and columns outside the image are zeros
 * @param x - its first column
 * @returns `[N][C·k·k]`
 */
export function GetPatch(images: Tensor, y: number, x: number, kernelSize: number): Tensor {
  const [N, C] = images.shape;
  const patch = zeros([N, C * kernelSize * kernelSize], images);
  eachRow(images, y, x, kernelSize, (image, at, length) => {
    for (let i = 0; i < length; i++) patch.data[at + i] = images.data[image + i];
  });
  return patch;
}

/**
 * Adds a patch to where `GetPatch` took it from (`AddPatch` of the original); what is outside is dropped.
 *
 * @param patch - `[N][C·k·k]`
 */
export function AddPatch(images: Tensor, patch: Tensor, y: number, x: number, kernelSize: number): void {
  eachRow(images, y, x, kernelSize, (image, at, length) => {
    for (let i = 0; i < length; i++) images.data[image + i] += patch.data[at + i];
  });
}

/** Visits the rows of a window that are inside, with their offsets in the images and in the patch. */
function eachRow(
  { shape }: Tensor,
  y: number,
  x: number,
  kernelSize: number,
  visit: (image: number, patch: number, length: number) => void,
): void {
  const [N, C, Y, X] = shape;
  const [firstRow, rows] = [Math.max(0, -y), Math.min(kernelSize, Y - y)];
  const [first, end] = [Math.max(0, -x), Math.min(kernelSize, X - x)];
  for (let map = 0; map < N * C; map++)
    for (let i = firstRow; i < rows; i++)
      visit((map * Y + y + i) * X + x + first, (map * kernelSize + i) * kernelSize + first, end - first);
}
