import { describeDifference, firstDifference } from '@im2grade/nn';
import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';

/** 0, 1, 2 … in a shape. */
export const counting = (...shape: number[]): Tensor =>
  tensor(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => i),
  );

/** The names of the axes of each kind of tensor. */
const AXES = {
  maps: ['n', 'c', 'm', 'l'],
  columns: ['n', 'row', 'column'],
  matrix: ['n', 'j'],
} as const;

/**
 * Compares with the expected values, and names the first wrong element.
 *
 * @param run - calls your function; its inputs are checked afterwards
 * @param hint - the likely cause, for this example
 */
export function expectTensor(
  kind: keyof typeof AXES,
  run: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  expected: Tensor,
  hint: string,
): void {
  const given = inputs.map(({ shape, data }) => tensor(shape, data.slice()));
  const z = run(...given);
  requireTensor(z, expected.shape, hint);
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));
  const axes = expected.shape.map((size, i) => ({ name: AXES[kind][i], size }));
  const difference = firstDifference(z.data, expected.data, near);
  if (difference) throw new Error(`${describeDifference(difference, 'z', axes)}\nlikely: ${hint}`);
  given.forEach(({ data }, i) => {
    const touched = firstDifference(data, inputs[i].data);
    if (touched)
      throw new Error(`input ${i + 1} is only read, but its element ${touched.index} is ${touched.got} after the call`);
  });
}

function requireTensor(z: unknown, shape: readonly number[], hint: string): asserts z is Tensor {
  const { shape: got, data } = (z ?? {}) as Partial<Tensor>;
  if (got === undefined || data === undefined)
    throw new Error(`no tensor came back; expected: one of shape [${shape.join(', ')}]`);
  if (got.join() !== shape.join())
    throw new Error(`z has shape [${got.join(', ')}]; expected: [${shape.join(', ')}]\nlikely: ${hint}`);
  if (data.length !== sizeOf(shape)) throw new Error(`z holds ${data.length} numbers; expected: ${sizeOf(shape)}`);
}
