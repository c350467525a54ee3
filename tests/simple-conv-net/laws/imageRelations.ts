import { type Tensor, tensor } from '@im2grade/tensor';
import { type ConvolutionSizes, imagesAt, type Law, type Subject } from '@im2grade/kit';
import { expectZ } from './expectZ.ts';

/** What relates a function's result for some images to its own results for others: wrong ones are charged elsewhere. */
export interface OnImages {
  readonly x: Tensor;
  /** All of the law but its sentence, for images of these sizes; by the oracle if there are no values. */
  lawOn(x: Tensor, values?: Float64Array): Omit<Law, 'name' | 'law' | 'against'>;
}

const resultOn = async (submission: Subject, { lawOn }: OnImages, x: Tensor): Promise<Float64Array> =>
  (await submission.call(lawOn(x).call)).outputs[0] as Float64Array;

/**
 * The images one by one, and a batch of them.
 *
 * @param order - which of the images the batch has
 * @throws CriterionFailure with the counterexample
 */
export async function expectImagesAlone(
  submission: Subject,
  on: OnImages,
  order: readonly number[] = [...Array(on.x.shape[0]).keys()],
): Promise<void> {
  const results: Float64Array[] = [];
  for (let n = 0; n < on.x.shape[0]; n++) results.push(await resultOn(submission, on, imagesAt(on.x, [n])));
  await expectZ(submission, {
    ...on.lawOn(imagesAt(on.x, order), joined(order.map((n) => results[n]))),
    law: 'the result of a batch is the results of its images, one after the other',
    against: 'other-inputs',
  });
}

/** The numbers of several results, one after the other. */
export const joined = (parts: readonly ArrayLike<number>[]): Float64Array =>
  Float64Array.from(parts.flatMap((part) => Array.from(part)));

/** A function of one image, and the same function of each of its channels. */
export interface OnChannels {
  readonly whole: OnImages;
  readonly channels: readonly OnImages[];
  /** Makes the result for the whole image of those for its channels, as the sentence says. */
  readonly together: (results: readonly Float64Array[]) => Float64Array;
  readonly law: string;
}

/**
 * The channels of an image one by one, and all of them.
 *
 * @throws CriterionFailure with the counterexample
 */
export async function expectChannelsAlone(
  submission: Subject,
  { whole, channels, together, law }: OnChannels,
): Promise<void> {
  const results: Float64Array[] = [];
  for (const channel of channels) results.push(await resultOn(submission, channel, channel.x));
  await expectZ(submission, { ...whole.lawOn(whole.x, together(results)), law, against: 'other-inputs' });
}

/**
 * Square images, and what is left of them without their last rows or columns.
 *
 * @param s - sizes that are left
 * @throws CriterionFailure with the counterexample
 */
export async function expectAsInSquares(submission: Subject, on: OnImages, s: ConvolutionSizes): Promise<void> {
  const { N, C, H, W, K } = s;
  const side = Math.max(H, W);
  const values = corners(await resultOn(submission, on, on.x), side - K + 1, [H - K + 1, W - K + 1]);
  await expectZ(submission, {
    ...on.lawOn(tensor([N, C, H, W], corners(on.x.data, side, [H, W])), values),
    law: 'without their last rows or columns, square images give the same result, without its last rows or columns',
    against: 'other-inputs',
  });
}

/** The upper left corner of each square plane. */
function corners(planes: ArrayLike<number>, side: number, [H, W]: readonly [number, number]): Float64Array {
  const count = planes.length / side ** 2;
  return Float64Array.from({ length: count * H * W }, (_, i) => {
    const [plane, y, x] = [Math.floor(i / (H * W)), Math.floor(i / W) % H, i % W];
    return planes[(plane * side + y) * side + x];
  });
}
