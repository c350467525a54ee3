import {
  CriterionFailure,
  declaredData,
  type ExaminedModel,
  type LabelledImages,
  type Normalisation,
  Undecided,
} from '@im2grade/kit';
import { createRandom } from '@im2grade/nn';
import { problemWithImages } from '../../skeleton/cifar-nets/programs/check/problemWithImages.ts';

/** What a model recognises of some images. */
export interface Measured {
  readonly accuracy: number;
  readonly count: number;
  /** Half of the 95 % interval of a sample of the images; 0 if all were seen. */
  readonly within: number;
}

/** Of the images, a tenth is looked at first, but at least as many: fewer say little. */
const FIRST = 10;
const FEWEST = 200;
/** Quantile of the normal distribution for 95 %. */
const Z = 1.96;
/** Steps that are spent on one measurement. */
const MOST_WORK = 3.2e12;
/** Rows and columns of an image. */
export const SIDE = 32;
export const PIXELS = 3 * SIDE * SIDE;

const known = new WeakMap<ExaminedModel, Map<string, Promise<Uint8Array>>>();

/** The test images. */
export const testImages = (): LabelledImages => declaredData().parts['test'] as LabelledImages;

/** Images of those to train with. */
export const trainingImages = (): LabelledImages => declaredData().parts['train'] as LabelledImages;

/**
 * The accuracy on some of the images, chosen by the seed; on all of them if these do not decide.
 *
 * @param decides - whether the sample is enough
 */
export async function measured(
  model: ExaminedModel,
  images: LabelledImages,
  normalisation: Normalisation,
  seed: number,
  decides: (sample: Measured) => boolean,
): Promise<Measured> {
  const some = chosen(images.count, Math.min(images.count, Math.max(FEWEST, images.count / FIRST)), seed);
  const sample = shareOf(await classes(model, images, normalisation, some), images, some);
  const within = Z * Math.sqrt(Math.max(sample * (1 - sample), 1 / (4 * some.length)) / some.length);
  const first = { accuracy: sample, count: some.length, within };
  if (decides(first)) return first;
  const all = Int32Array.from({ length: images.count }, (_, i) => i);
  return {
    accuracy: shareOf(await classes(model, images, normalisation, all), images, all),
    count: all.length,
    within: 0,
  };
}

/** The class that a model gives each of some images. */
export async function classes(
  model: ExaminedModel,
  { images }: LabelledImages,
  normalisation: Normalisation,
  indices: Int32Array,
): Promise<Uint8Array> {
  const of = known.get(model) ?? new Map<string, Promise<Uint8Array>>();
  known.set(model, of);
  const key = `${images.length} ${JSON.stringify(normalisation)} ${indices.join()}`;
  const found = of.get(key) ?? computed(model, images, normalisation, indices);
  of.set(key, found);
  return found;
}

async function computed(
  model: ExaminedModel,
  images: Uint8Array,
  normalisation: Normalisation,
  indices: Int32Array,
): Promise<Uint8Array> {
  await requireImages(model, indices.length);
  const some = new Uint8Array(indices.length * PIXELS);
  indices.forEach((from, to) => some.set(images.subarray(from * PIXELS, (from + 1) * PIXELS), to * PIXELS));
  const outputs = await model.outputs(some, indices.length, normalisation);
  const width = outputs.length / indices.length;
  return Uint8Array.from(indices, (_, n) => largest(outputs.subarray(n * width, (n + 1) * width)));
}

/** @throws CriterionFailure if it is no classifier of these images, Undecided if it would take too long */
async function requireImages(model: ExaminedModel, count: number): Promise<void> {
  const structure = await model.structure();
  const problem = problemWithImages(structure);
  if (problem !== undefined) throw new CriterionFailure(`${model.files.path}: ${problem}`);
  const { work } = structure;
  if (work * count > MOST_WORK)
    throw new Undecided(
      `${model.files.path}: takes ${(work / 1e6).toFixed(0)} million multiplications for an image, too many for ${count} images here`,
    );
}

function largest(values: Float32Array): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[at]) at = i;
  return at;
}

function shareOf(predicted: Uint8Array, { labels }: LabelledImages, indices: Int32Array): number {
  let right = 0;
  predicted.forEach((each, n) => (right += Number(each === labels[indices[n]])));
  return right / indices.length;
}

/** Different indices below `count`, in order. */
export function chosen(count: number, how: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  createRandom(seed).shuffle(order);
  return order.subarray(0, how).sort();
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
