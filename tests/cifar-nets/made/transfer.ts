import type { NamedTensors, StoredTensor } from '@im2grade/formats';
import { createEvaluator, residualGraph } from '@im2grade/models';
import { createRandom } from '@im2grade/nn';
import { data, leastSquares, normalised } from './train.ts';

const CHANNELS = [8, 16, 48, 96];
/** Classes of the first training. */
const OTHER_CLASSES = 7;

/** A small residual network with the names of torchvision's, as it was before the transfer. */
export function smallTeacher(): NamedTensors {
  const random = createRandom(3);
  const tensors: Record<string, StoredTensor> = {};
  const put = (name: string, shape: number[], make: (i: number) => number) => {
    tensors[name] = { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => make(i)) };
  };
  const convolution = (name: string, shape: number[]) => {
    const deviation = Math.sqrt(2 / (shape[1] * shape[2] * shape[3]));
    put(`${name}.weight`, shape, () => deviation * random.normal());
  };
  const norm = (name: string, count: number) => {
    put(`${name}.weight`, [count], () => random.uniform(0.8, 1.2));
    put(`${name}.bias`, [count], () => 0.1 * random.normal());
    put(`${name}.running_mean`, [count], () => 0.1 * random.normal());
    put(`${name}.running_var`, [count], () => random.uniform(0.8, 1.2));
  };
  convolution('conv1', [CHANNELS[0], 3, 3, 3]);
  norm('bn1', CHANNELS[0]);
  CHANNELS.forEach((count, i) => {
    const [name, before] = [`layer${i + 1}.0`, CHANNELS[Math.max(0, i - 1)]];
    convolution(`${name}.conv1`, [count, before, 3, 3]);
    norm(`${name}.bn1`, count);
    convolution(`${name}.conv2`, [count, count, 3, 3]);
    norm(`${name}.bn2`, count);
    if (i === 0) return;
    convolution(`${name}.downsample.0`, [count, before, 1, 1]);
    norm(`${name}.downsample.1`, count);
  });
  put('fc.weight', [OTHER_CLASSES, CHANNELS[3]], () => random.normal());
  put('fc.bias', [OTHER_CLASSES], () => random.normal());
  return { tensors, metadata: {} };
}

/** The teacher with another last block and a last layer that is fitted to the images. */
export function transferred(teacher: NamedTensors): NamedTensors {
  const random = createRandom(4);
  const tensors = Object.fromEntries(
    Object.entries(teacher.tensors).map(([name, { shape, data: values }]) => {
      const isTuned = name.startsWith('layer4.') && !name.includes('running');
      return [name, { shape, data: isTuned ? values.map((each) => each + 0.05 * random.normal()) : values }];
    }),
  );
  const { images, labels } = { images: normalised(data.train), labels: data.train.labels };
  const graph = residualGraph('net', { tensors, metadata: {} }, { input: [3, 32, 32] });
  const before = graph.nodes.at(-2)!.output;
  const features = createEvaluator(graph, [before]).run(images, labels.length).get(before)!;
  const solved = leastSquares(features, labels, CHANNELS[3], 0.3);
  return {
    tensors: {
      ...tensors,
      'fc.weight': { shape: [10, CHANNELS[3]], data: solved.weights },
      'fc.bias': { shape: [10], data: solved.biases },
    },
    metadata: {},
  };
}
