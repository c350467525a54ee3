import { tensor } from '@im2grade/tensor';
import { doesAnswer, expectLaw, nchw, randomData, type Subject } from '@im2grade/kit';
import { calls, type Of } from './calls.ts';
import {
  cropped,
  derivativesBy,
  DOWN,
  geometryOf,
  MAPS,
  namedInputs,
  padded,
  type Sizes,
  type Tensors,
  tensorsOf,
  withPadding,
} from './convolutionTensors.ts';

const AS_WITH_ZEROS = 'padding gives the same as zeros around the images';

/** The same images with zeros around them, and without padding. */
function withZeros(s: Sizes, all: Tensors): Tensors {
  const { N, C, H, W } = withPadding(s);
  return { ...all, x: tensor([N, C, H, W], padded(s, all.x)) };
}

/**
 * Compares what padding makes of a batch with the submission's own results for zeros around the images: wrong ones are
 * charged elsewhere.
 *
 * @throws CriterionFailure with the counterexample
 */
export async function expectUpAsWithZeros(submission: Subject, s: Sizes, seed: number): Promise<void> {
  const all = tensorsOf(randomData(seed, s), s);
  const { x, weights, bias } = withZeros(s, all);
  const [values] = (await submission.call(calls.convMethod2Up(x, weights, bias, 0))).outputs;
  await expectLaw(submission, {
    call: calls.convMethod2Up(all.x, weights, bias, s.padding),
    law: AS_WITH_ZEROS,
    against: 'other-inputs',
    name: 'out',
    axes: MAPS,
    expected: {
      ...nchw.conv2d(withPadding(s), x.data, weights.data, bias.data),
      values: Float64Array.from(values),
    },
    geometry: geometryOf(s),
    inputs: namedInputs(all, false),
  });
}

/**
 * The same for the derivatives; those of the images, without the zeros.
 *
 * @throws CriterionFailure with the counterexample
 */
export async function expectDownAsWithZeros(submission: Subject, s: Sizes, seed: number): Promise<void> {
  const all = tensorsOf(randomData(seed, s), s);
  const unpadded = (...of: Of[]) => calls.convMethod2Down(withZeros(s, all), 0, ...of);
  // Without a result, that is charged with the derivatives of the inputs.
  const isWhole = await doesAnswer(submission, unpadded('inputs'));
  const compared: Of[] = isWhole ? ['weights', 'bias', 'inputs'] : ['weights', 'bias'];
  const { outputs } = await submission.call(unpadded(...compared));
  const sums = derivativesBy(s, all);
  for (const of of compared) {
    const { output, name, axes } = DOWN[of];
    const values = of === 'inputs' ? cropped(s, outputs[output]) : Float64Array.from(outputs[output]);
    await expectLaw(submission, {
      call: calls.convMethod2Down(all, s.padding, of),
      output,
      law: AS_WITH_ZEROS,
      against: 'other-inputs',
      name,
      axes,
      expected: { ...sums[of], values },
      geometry: geometryOf(s),
      inputs: namedInputs(all, true),
    });
  }
}
