import { sizeOf } from '@im2grade/tensor';
import { CriterionFailure, type Subject } from '@im2grade/kit';
import * as z from 'zod';
import golden from './golden/modular-nets-torch.json' with { type: 'json' };
import { type Batch, calls } from './calls.ts';
import { convolution, fullyConnected, pooling, small } from './networks.ts';

const numbers = z.array(z.number());

/** What PyTorch computed in float64; the file describes how. */
const torch = z
  .object({
    shapes: z.record(z.string(), numbers),
    labels: numbers,
    probabilities: numbers,
    /** Of the mean cross-entropy. */
    gradients: z.record(z.string(), numbers),
  })
  .parse(golden);

const MODEL = small(
  convolution('conv_1', 3, 2),
  pooling('maxpool_1'),
  convolution('conv_2', 4, 2, { kernel_size: 2, padding: 1 }),
  fullyConnected('fc_1', 5),
  fullyConnected('output', 3),
);

/** Rounding of sums of less than a hundred terms. */
const TOLERANCE = 1e-12;

/** The numbers of the file's tensors, by the formula in the file. */
function inputs(): Batch {
  const [images, ...parameters] = Object.values(torch.shapes).map((shape, i) =>
    Array.from({ length: sizeOf(shape) }, (_, k) => 0.8 * Math.sin((1.1 + 0.37 * i) * k + 0.3)),
  );
  return {
    images: Float64Array.from(images),
    parameters: Float64Array.from(parameters.flat()),
    labels: Uint8Array.from(torch.labels),
  };
}

/**
 * Compares a convolutional net's probabilities and gradients with PyTorch's.
 *
 * @throws CriterionFailure naming the first number that differs
 */
export async function expectTorch(submission: Subject): Promise<void> {
  const batch = inputs();
  const states = (await submission.call(calls.fprop(MODEL, batch))).outputs;
  expectNear('the probabilities', states[states.length - 1], torch.probabilities);
  const [gradients, ofImages] = (await submission.call(calls.bprop(MODEL, batch))).outputs;
  let at = 0;
  for (const [name, expected] of Object.entries(torch.gradients)) {
    if (name === 'images') continue;
    expectNear(`the gradient of ${name}`, gradients.slice(at, (at += expected.length)), expected);
  }
  const N = batch.labels.length;
  const each = torch.gradients['images'].map((value) => value * N);
  expectNear('the derivatives of the images', ofImages, each);
}

function expectNear(what: string, got: ArrayLike<number>, expected: readonly number[]): void {
  const wrong = expected.findIndex((value, i) => !(Math.abs(value - got[i]) <= TOLERANCE));
  if (wrong >= 0)
    throw new CriterionFailure(
      `a convolutional net on a batch of three: element ${wrong} of ${what} is ${got[wrong]}; PyTorch has ${expected[wrong]}`,
    );
}
