import { describeDifference, firstDifference } from '@im2grade/nn';
import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';

/** The axes of each result of a layer, by its kind and name. */
const AXES = {
  matrix: { z: ['n', 'k'], dC_by_dinputs: ['n', 'd'], dC_by_dweights: ['k', 'd'], dC_by_dbias: ['k'] },
  maps: {
    z: ['n', 'k', 'y', 'x'],
    dC_by_dinputs: ['n', 'c', 'y', 'x'],
    dC_by_dweights: ['k', 'c', 'i', 'j'],
    dC_by_dbias: ['k'],
  },
} as const;

/** The results of a layer; `z` is that of `ComputeUp`. */
export type Results = { readonly [name in keyof typeof AXES.matrix]?: Tensor };

/**
 * Runs a layer, compares with the expected values, and names the first wrong element.
 *
 * @param kind - of a fully connected layer, or of a convolutional one
 * @param run - calls your function; its inputs are checked afterwards
 * @param hint - the likely cause, for this example
 */
export function expectTensors(
  kind: keyof typeof AXES,
  run: (...inputs: Tensor[]) => Results,
  inputs: readonly Tensor[],
  expected: Results,
  hint: string,
): void {
  const given = inputs.map(({ shape, data }) => tensor(shape, data.slice()));
  const results: unknown = run(...given);
  for (const [name, wanted] of Object.entries(expected) as [keyof Results, Tensor][]) {
    const result = (results as Results | undefined)?.[name];
    requireTensor(name, result, wanted.shape, hint);
    const near = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));
    const axes = wanted.shape.map((size, i) => ({ name: AXES[kind][name][i], size }));
    const difference = firstDifference(result.data, wanted.data, near);
    if (difference) throw new Error(`${describeDifference(difference, name, axes)}\nlikely: ${hint}`);
  }
  given.forEach(({ data }, i) => {
    const touched = firstDifference(data, inputs[i].data);
    if (touched)
      throw new Error(`input ${i + 1} is only read, but its element ${touched.index} is ${touched.got} after the call`);
  });
}

function requireTensor(
  name: string,
  result: Tensor | undefined,
  shape: readonly number[],
  hint: string,
): asserts result is Tensor {
  const { shape: got, data } = (result ?? {}) as Partial<Tensor>;
  if (got === undefined || data === undefined)
    throw new Error(`no ${name} came back; expected: a tensor of shape [${shape.join(', ')}]`);
  if (got.join() !== shape.join())
    throw new Error(`${name} has shape [${got.join(', ')}]; expected: [${shape.join(', ')}]\nlikely: ${hint}`);
  if (data.length !== sizeOf(shape))
    throw new Error(`${name} holds ${data.length} numbers; expected: ${sizeOf(shape)}`);
}
