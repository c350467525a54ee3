/** Table 1 as `answers.yaml` declares it beside the tensors that `npm run train` saves. */
export const ARCHITECTURE = {
  input: [3, 32, 32],
  layers: [
    ...[1, 2, 3].flatMap((n) => [
      { type: 'conv2d', name: `conv${n}`, padding: 2 },
      { type: 'relu' },
      { type: 'max-pool', size: 2 },
    ]),
    { type: 'flatten' },
    { type: 'linear', name: 'fc1' },
    { type: 'relu' },
    { type: 'linear', name: 'fc2' },
    { type: 'softmax' },
  ],
};
