import { type Real, realOf } from '@im2grade/engine';
import type { PoolGeometry } from './PoolGeometry.ts';
import type { PoolKind } from './PoolingBackend.ts';
import { poolingInUse } from './poolingInUse.ts';

/**
 * The largest number or the mean of each channel in each window.
 *
 * @param geometry - from `poolGeometry`
 * @param image - `[B][InY][InX][C]`
 * @param output - `[B][OpY][OpX][C]`, overwritten
 * @throws RangeError or TypeError naming the array that is too short or of another precision
 */
export function poolForward(kind: PoolKind, geometry: PoolGeometry, image: Real, output: Real): void {
  requireArrays(geometry, { image }, { output });
  poolingInUse().forward(kind, geometry, image.subarray(0, inputs(geometry)), output.subarray(0, outputs(geometry)));
}

/**
 * The gradient of `poolForward`: each goes to the first of the largest numbers in its window, or in equal shares to all.
 *
 * @param image - as given to forward
 * @param output - as forward left it
 * @param dOutput - as `output`, the error's gradient with respect to it
 * @param dImage - as `image`, overwritten
 * @throws RangeError or TypeError naming the array that is too short or of another precision
 */
export function poolBackward(
  kind: PoolKind,
  geometry: PoolGeometry,
  image: Real,
  output: Real,
  dOutput: Real,
  dImage: Real,
): void {
  requireArrays(geometry, { image, dImage }, { output, dOutput });
  const [own, gradient] = [image, dImage].map((values) => values.subarray(0, inputs(geometry)));
  const [result, change] = [output, dOutput].map((values) => values.subarray(0, outputs(geometry)));
  poolingInUse().backward(kind, geometry, own, result, change, gradient);
}

const inputs = ({ B, InY, InX, C }: PoolGeometry): number => B * InY * InX * C;
const outputs = ({ B, OpY, OpX, C }: PoolGeometry): number => B * OpY * OpX * C;

type Named = Readonly<Record<string, Real>>;

function requireArrays(geometry: PoolGeometry, images: Named, results: Named): void {
  const lengths = [inputs(geometry), outputs(geometry)];
  const real = realOf(Object.values(images)[0]);
  [images, results].forEach((arrays, i) => {
    for (const [name, values] of Object.entries(arrays)) {
      if (realOf(values) !== real)
        throw new TypeError(`pooling: ${name} is a ${realOf(values).name}, not a ${real.name}`);
      if (values.length < lengths[i])
        throw new RangeError(`pooling: ${name} has ${values.length} elements; these sizes need ${lengths[i]}`);
    }
  });
}
