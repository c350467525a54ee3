import type { Tensor } from '@im2grade/tensor';
import {
  type Call,
  type CallResult,
  type DerivativeSums,
  imagesAt,
  type Subject,
  expectLaw,
  explainByMistake,
  type Law,
  type Sums,
} from '@im2grade/kit';

/** The derivatives of the parameters among the outputs of a backward pass. */
const LEARNED = [
  { output: 1, name: 'dC_by_dweights', of: 'weights' },
  { output: 2, name: 'dC_by_dbias', of: 'bias' },
] as const;
type Learned = (typeof LEARNED)[number]['of'];

/** What a layer receives. */
interface Received {
  readonly x: Tensor;
  readonly above: Tensor;
}

/** The same for some of the images, each as often as it is among the places. */
export const receivedAt = <T extends Received>(batch: T, places: readonly number[]): T => ({
  ...batch,
  x: imagesAt(batch.x, places),
  above: imagesAt(batch.above, places),
});

/** The same image by image. */
export const imagesOf = <T extends Received>(batch: T): T[] =>
  Array.from({ length: batch.x.shape[0] }, (_, n) => receivedAt(batch, [n]));

/** The backward pass of a batch, and of its images one by one. */
export interface BatchAndImages extends Pick<Law, 'geometry' | 'inputs'> {
  /** Requests one of the derivatives. */
  whole(of: Learned): Call;
  readonly images: readonly Call[];
  /** Which of the images the batch has at each place; each image once, in their order, if left out. */
  readonly places?: readonly number[];
  /** Of the whole batch: determines how much rounding is allowed. */
  readonly oracle: DerivativeSums;
  readonly axes: Readonly<Record<Learned, { readonly axes: readonly string[] }>>;
  /** What mistakes make of the weights' derivative; see `explainByMistake`. */
  readonly mistakes?: Parameters<typeof explainByMistake>[1];
}

/**
 * Compares a layer's result for a batch with the mean of its results for each image alone: whether those are right is
 * examined elsewhere.
 *
 * @throws CriterionFailure with the counterexample
 */
export async function expectMeans(
  submission: Subject,
  { whole, images, places = [...images.keys()], oracle, axes, geometry, inputs, mistakes = {} }: BatchAndImages,
): Promise<void> {
  const results: CallResult[] = [];
  for (const call of images) results.push(await submission.call(call));
  const single = places.map((n) => results[n]);
  for (const { output, name, of } of LEARNED) {
    const expected = meanOf(single, output, oracle[of]);
    await expectLaw(submission, {
      call: whole(of),
      output,
      name,
      axes: axes[of].axes,
      law: `${name} of a batch is the mean of the results for its images one by one`,
      against: 'other-inputs',
      expected,
      geometry,
      inputs,
      explain: explainByMistake(expected.values, {
        'the sum over the batch, not its mean': (value) => value * single.length,
        ...(of === 'weights' && mistakes),
      }),
    });
  }
}

function meanOf(single: readonly CallResult[], output: number, oracle: Sums): Sums {
  const each = single.map(({ outputs }) => outputs[output]);
  const values = Float64Array.from(oracle.values, (_, i) => each.reduce((sum, one) => sum + one[i], 0) / each.length);
  const most = (i: number) => each.reduce((sum, one) => sum + Math.abs(one[i]), oracle.magnitudes[i]);
  return { values, magnitudes: values.map((_, i) => most(i)), terms: oracle.terms + 2 };
}
