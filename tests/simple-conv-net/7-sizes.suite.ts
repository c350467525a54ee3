import { type AskedCells, criterion, examination, judgeAnswers } from '@im2grade/kit';

const judge = (asked: AskedCells) => Promise.resolve(judgeAnswers(examination().sources(), 'answers.yaml', asked));

criterion('sizes.pool', () => judge({ pool: { output: [64, 20, 12, 12] }, other: { pool: [8, 3, 5, 5] } }));

// Pooling and its successor have the same size: 20 · 12 · 12 columns, and 3 · 10 · 10.
criterion('sizes.reshape', () => judge({ reshape: { output: [64, 2880] }, other: { reshape: [8, 300] } }));

criterion('sizes.layers', () =>
  judge({
    conv: { output: [64, 20, 24, 24], weight: [20, 1, 5, 5], bias: [20] },
    fc1: { output: [64, 500], weight: [500, 2880], bias: [500] },
    relu: { output: [64, 500] },
    fc2: { output: [64, 10], weight: [10, 500], bias: [10] },
    softmax: { output: [64, 10] },
    parameters: { conv: 520, fc1: 1_440_500, fc2: 5010 },
  }),
);
