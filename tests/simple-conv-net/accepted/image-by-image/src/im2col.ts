import { type Tensor, zeros } from '@im2grade/tensor';

/** Row by row of the image: a stretch of it is copied as a whole. */
export function im2col(x: Tensor, kernelSize: number): Tensor {
  const [N, Cin, H, W] = x.shape;
  const K = kernelSize;
  const [outH, outW] = [H - K + 1, W - K + 1];
  const columns = zeros([N, Cin * K * K, outH * outW], x);
  let to = 0;
  for (let map = 0; map < N * Cin; map++)
    for (let i = 0; i < K; i++)
      for (let j = 0; j < K; j++)
        for (let m = 0; m < outH; m++, to += outW) {
          const from = (map * H + m + i) * W + j;
          columns.data.set(x.data.subarray(from, from + outW), to);
        }
  return columns;
}

export function convWeight2rows(convWeight: Tensor): Tensor {
  const [Cout, Cin, K] = convWeight.shape;
  return { shape: [Cout, Cin * K * K], data: convWeight.data.slice() };
}
