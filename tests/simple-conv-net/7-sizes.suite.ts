import { type AskedCells, criterion, examination, follows, judgeAnswers } from '@im2grade/kit';

const judge = (asked: AskedCells) => Promise.resolve(judgeAnswers(examination().sources(), 'answers.yaml', asked));

type Sizes = readonly number[];

// A batch that was left out, or taken to be another, stays so in all that follows from it.
const product = (sizes: Sizes): number => sizes.reduce((a, b) => a * b, 1);
const halved = (image: Sizes): number[] => [
  ...image.slice(0, -2),
  ...image.slice(-2).map((size) => Math.floor(size / 2)),
];
const flattened = (image: Sizes): number[] => [...image.slice(0, -3), product(image.slice(-3))];
/** What a fully connected layer makes of rows. */
const connected =
  (outputs: number) =>
  (rows: Sizes): number[] => [...rows.slice(0, -1), outputs];
/** The weights of that layer. */
const weightOf =
  (outputs: number) =>
  (rows: Sizes): number[] => [outputs, ...rows.slice(-1)];
/** Of a layer's weights and biases. */
const counted = (...tensors: readonly Sizes[]): number => tensors.reduce((sum, shape) => sum + product(shape), 0);
const same = (size: Sizes): Sizes => size;

/** The sizes of another batch, from where the student has none or has one image. */
const withoutBatch =
  (...ofOne: Sizes) =>
  (before: Sizes): number[] | undefined => {
    const batch = before.slice(0, -ofOne.length);
    return batch.every((size) => size === 1) ? [...batch, ...ofOne] : undefined;
  };

criterion('sizes.pool', () =>
  judge({
    pool: { output: follows([64, 20, 12, 12], ['conv.output'], halved) },
    other: { pool: follows([8, 3, 5, 5], ['pool.output'], withoutBatch(3, 5, 5)) },
  }),
);

// Pooling and its successor have the same size: 20 · 12 · 12 columns, and 3 · 10 · 10.
criterion('sizes.reshape', () =>
  judge({
    reshape: { output: follows([64, 2880], ['pool.output'], flattened) },
    other: { reshape: follows([8, 300], ['reshape.output'], withoutBatch(300)) },
  }),
);

criterion('sizes.layers', () =>
  judge({
    conv: { output: [64, 20, 24, 24], weight: [20, 1, 5, 5], bias: [20] },
    fc1: {
      output: follows([64, 500], ['reshape.output'], connected(500)),
      weight: follows([500, 2880], ['reshape.output'], weightOf(500)),
      bias: [500],
    },
    relu: { output: follows([64, 500], ['fc1.output'], same) },
    fc2: {
      output: follows([64, 10], ['relu.output'], connected(10)),
      weight: follows([10, 500], ['relu.output'], weightOf(10)),
      bias: [10],
    },
    softmax: { output: follows([64, 10], ['fc2.output'], same) },
    parameters: {
      conv: follows(520, ['conv.weight', 'conv.bias'], counted),
      fc1: follows(1_440_500, ['fc1.weight', 'fc1.bias'], counted),
      fc2: follows(5010, ['fc2.weight', 'fc2.bias'], counted),
    },
  }),
);
