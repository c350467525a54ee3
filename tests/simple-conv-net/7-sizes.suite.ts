import { type AskedCells, criterion, examination, follows, judgeAnswers } from '@im2grade/kit';

const judge = (asked: AskedCells) => Promise.resolve(judgeAnswers(examination().sources(), 'answers.yaml', asked));

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
const halved = ([n, c, h, w]: readonly number[]): number[] => [n, c, Math.floor(h / 2), Math.floor(w / 2)];
const flattened = ([n, ...rest]: readonly number[]): number[] => [n, product(rest)];
/** Of a layer's weights and biases. */
const counted = (...tensors: readonly (readonly number[])[]): number =>
  tensors.reduce((sum, shape) => sum + product(shape), 0);
const same = (size: readonly number[]): readonly number[] => size;

criterion('sizes.pool', () =>
  judge({ pool: { output: follows([64, 20, 12, 12], ['conv.output'], halved) }, other: { pool: [8, 3, 5, 5] } }),
);

// Pooling and its successor have the same size: 20 · 12 · 12 columns, and 3 · 10 · 10.
criterion('sizes.reshape', () =>
  judge({ reshape: { output: follows([64, 2880], ['pool.output'], flattened) }, other: { reshape: [8, 300] } }),
);

criterion('sizes.layers', () =>
  judge({
    conv: { output: [64, 20, 24, 24], weight: [20, 1, 5, 5], bias: [20] },
    fc1: {
      output: [64, 500],
      weight: follows([500, 2880], ['reshape.output'], ([, columns]) => [500, columns]),
      bias: [500],
    },
    relu: { output: follows([64, 500], ['fc1.output'], same) },
    fc2: { output: [64, 10], weight: follows([10, 500], ['relu.output'], ([, columns]) => [10, columns]), bias: [10] },
    softmax: { output: follows([64, 10], ['fc2.output'], same) },
    parameters: {
      conv: follows(520, ['conv.weight', 'conv.bias'], counted),
      fc1: follows(1_440_500, ['fc1.weight', 'fc1.bias'], counted),
      fc2: follows(5010, ['fc2.weight', 'fc2.bias'], counted),
    },
  }),
);
