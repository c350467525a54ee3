/** Names of the files in which TensorFlow.js and its converter save weights; a model has one, or one in a few pieces. */
const WEIGHTS = [
  'weights.bin',
  'group1-shard1of1.bin',
  ...[2, 3, 4].flatMap((count) => Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`)),
];

/**
 * The files in which a trained model may be handed in, the most usual first: ONNX with or without a second file of
 * weights, safetensors, a state dict of PyTorch, a layers model of TensorFlow.js in a folder.
 *
 * @param path - of the model, without an extension
 *
 * @example
 * ```ts
 * modelFiles('models/lenet'); // ['models/lenet.onnx', 'models/lenet.onnx.data', 'models/lenet.safetensors', …]
 * ```
 */
export const modelFiles = (path: string): string[] => [
  `${path}.onnx`,
  `${path}.onnx.data`,
  `${path}.safetensors`,
  `${path}.pth`,
  `${path}/model.json`,
  ...WEIGHTS.map((name) => `${path}/${name}`),
];
