import type { NetworkDescription } from '@im2grade/layers';
import { type Axis, createRandom, type Random } from '@im2grade/nn';
import { sizeOf } from '@im2grade/tensor';
import type { Differentiable, Subject } from '@im2grade/kit';
import { type Batch, calls } from './calls.ts';
import { parametersOf } from './networks.ts';

/** Images of the batch. */
export const BATCH = 3;

const normal = (random: Random, length: number, deviation: number): Float64Array =>
  Float64Array.from({ length }, () => deviation * random.normal());

/** The mean cross-entropy of a batch, as a function of all of a network's parameters and of the images. */
export function meanCost(
  implementation: Subject,
  name: string,
  model: NetworkDescription,
  seed: number,
): Differentiable {
  const random = createRandom(seed);
  const tensors = parametersOf(model).map(({ name: of, shape }) => ({
    name: of,
    axes: axesOf(shape),
    values: normal(random, sizeOf(shape), 0.5),
  }));
  const shapeOfImages = [BATCH, model.input_num_channels, model.input_image_size_y, model.input_image_size_x];
  const images = { name: 'images', axes: axesOf(shapeOfImages), values: normal(random, sizeOf(shapeOfImages), 1) };
  const classes = parametersOf(model).at(-1)!.shape[0];
  const labels = Uint8Array.from({ length: BATCH }, () => random.integer(classes));
  const batchOf = (all: readonly Float64Array[]): Batch => ({
    parameters: joined(all.slice(0, -1)),
    images: all[all.length - 1],
    labels,
  });
  return {
    network: name,
    tensors: [...tensors, images],
    outputSize: 1,
    async forward(all) {
      const { outputs } = await implementation.call(calls.fprop(model, batchOf(all)));
      const probabilities = outputs.at(-1) as Float64Array;
      return Float64Array.of(
        labels.reduce((sum, label, n) => sum - Math.log(probabilities[n * classes + label]), 0) / BATCH,
      );
    },
    async backward(all, [cotangent]) {
      const [gradients, ofImages] = (await implementation.call(calls.bprop(model, batchOf(all)))).outputs;
      const parts = split(gradients as Float64Array, tensors);
      // The derivatives of an image belong to its own cost; this is about the mean.
      return [...parts, (ofImages as Float64Array).map((value) => value / BATCH)].map((part) =>
        part.map((value) => value * cotangent),
      );
    },
  };
}

/** Names of the axes of each sort of tensor, by number of axes. */
const AXES = [[], ['k'], ['k', 'd'], [], ['n', 'c', 'i', 'j']];

const axesOf = (shape: readonly number[]): Axis[] => shape.map((size, i) => ({ name: AXES[shape.length][i], size }));

/** Arrays one after the other, in one. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function split(flat: Float64Array, tensors: readonly { readonly values: Float64Array }[]): Float64Array[] {
  let at = 0;
  return tensors.map(({ values }) => flat.slice(at, (at += values.length)));
}
