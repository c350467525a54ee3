import type { Graph } from '../graph/Graph.ts';
import { elementsOf } from '../graph/Shape.ts';
import { createEvaluator } from './createEvaluator.ts';

/** Numbers that are kept at a time: batches are as small as the values between the nodes are large. */
const ELEMENTS = 4_000_000;
const MOST_IMAGES = 100;

/**
 * The outputs of a model for images, computed by the library's own kernels: logits or probabilities, as the model has
 * them.
 *
 * @param images - `[count][y][x][channel]`, normalised as the model expects them
 * @returns `[count][output]`
 * @throws RangeError if the images do not have the size that the model takes
 *
 * @example
 * ```ts
 * const logits = evaluate(graph, images);
 * ```
 */
export function evaluate(graph: Graph, images: Float32Array): Float32Array {
  const [size, outputs] = [elementsOf(graph.input.shape), elementsOf(graph.output.shape)];
  if (images.length % size !== 0)
    throw new RangeError(`${images.length} numbers are no whole number of images; the model takes ${size} an image`);
  const count = images.length / size;
  const evaluator = createEvaluator(graph);
  const most = Math.min(MOST_IMAGES, Math.max(1, Math.floor(ELEMENTS / evaluator.elements)));
  const results = new Float32Array(count * outputs);
  for (let first = 0; first < count; first += most) {
    const B = Math.min(most, count - first);
    const values = evaluator.run(images.subarray(first * size, (first + B) * size), B);
    results.set(values.get(graph.output.name)!, first * outputs);
  }
  return results;
}
