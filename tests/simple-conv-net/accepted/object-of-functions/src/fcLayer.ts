import { addRow, matmul, type Tensor, zeros } from '@im2grade/tensor';

type Layer = (a: Tensor, weight: Tensor, bias: Tensor) => Tensor;

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
};

const row = ({ shape: [, D], data }: Tensor, n: number) => data.subarray(n * D, (n + 1) * D);

const layers: Record<'fcLayerScalar' | 'fcLayerVector', Layer> = {
  fcLayerScalar(a, weight, bias) {
    const z = zeros([a.shape[0], weight.shape[0]], a);
    let at = 0;
    for (let n = 0; n < a.shape[0]; n++)
      for (let j = 0; j < weight.shape[0]; j++) z.data[at++] = dot(row(a, n), row(weight, j)) + bias.data[j];
    return z;
  },
  fcLayerVector: (a, weight, bias) => addRow(matmul(a, weight, { transposeB: true }), bias),
};

export const { fcLayerScalar, fcLayerVector } = layers;
