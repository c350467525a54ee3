import { MAX_PICTURE_SIDE, type Picture } from '@im2grade/grader/model/pictures.ts';

/** Numbers of one channel, row by row. */
export interface Plane {
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Bytes of a picture in which 128 is zero. */
const signedByte = (value: number, most: number): number => 128 + Math.round((127 * value) / (most || 1));

/** The largest finite magnitude in some planes. */
export const largest = (planes: readonly Plane[]): number =>
  planes.reduce(
    (most, { values }) => values.reduce((a, b) => (Number.isFinite(b) ? Math.max(a, Math.abs(b)) : a), most),
    0,
  );

/** One plane, blue below zero and red above. */
export const signedPicture = (name: string, { values, height, width }: Plane, most: number): Picture => ({
  ...{ name, height, width },
  pixels: base64(Uint8Array.from(values, (value) => signedByte(value, most))),
});

/** Planes of red, green and blue. */
export function colourPicture(name: string, planes: readonly Plane[], most: number): Picture {
  const [{ height, width }] = planes;
  const bytes = new Uint8Array(height * width * planes.length);
  planes.forEach(({ values }, channel) =>
    values.forEach((value, i) => (bytes[i * planes.length + channel] = signedByte(value, most))),
  );
  return { name, height, width, pixels: base64(bytes) };
}

/** An image of bytes, `[y][x][channel]` in red, green and blue. */
export const imagePicture = (
  name: string,
  { values, height, width }: { readonly values: Uint8Array; readonly height: number; readonly width: number },
): Picture => ({ name, height, width, pixels: base64(values) });

/** A plane that fits into a report: each of its pixels is the mean of `by` × `by`. */
export function shrunk(plane: Plane): { readonly plane: Plane; readonly by: number } {
  const { values, height, width } = plane;
  const by = Math.ceil(Math.max(height, width) / MAX_PICTURE_SIDE);
  if (by === 1) return { plane, by };
  const [rows, columns] = [Math.ceil(height / by), Math.ceil(width / by)];
  const [sums, counts] = [new Float32Array(rows * columns), new Float32Array(rows * columns)];
  values.forEach((value, i) => {
    const at = Math.floor(Math.floor(i / width) / by) * columns + Math.floor((i % width) / by);
    sums[at] += value;
    counts[at]++;
  });
  return { plane: { values: sums.map((sum, i) => sum / counts[i]), height: rows, width: columns }, by };
}
