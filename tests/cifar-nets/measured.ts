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

/** Of the images, a tenth is looked at first, but at least and at most as many. */
const FIRST = 10;
const [FEWEST, FEW] = [200, 1000];
/** As many as are test images. */
const MOST = 10_000;
/** Quantile of the normal distribution for 95 %. */
const Z = 1.96;
/** Steps that are spent on one measurement. */
const MOST_WORK = 3.2e12;
/** Rows and columns of an image. */
export const SIDE = 32;
export const PIXELS = 3 * SIDE * SIDE;

/** The test images. */
export const testImages = (): LabelledImages => declaredData().parts['test'] as LabelledImages;

/** Images of those to train with. */
export const trainingImages = (): LabelledImages => declaredData().parts['train'] as LabelledImages;

/**
 * The accuracy on some of the images, chosen by the seed; on all test images, or as many others, if these do not decide.
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
  const few = await sampled(model, images, normalisation, seed, Math.max(FEWEST, Math.min(FEW, images.count / FIRST)));
  return decides(few) ? few : sampled(model, images, normalisation, seed, MOST);
}

async function sampled(
  model: ExaminedModel,
  images: LabelledImages,
  normalisation: Normalisation,
  seed: number,
  size: number,
): Promise<Measured> {
  const some = chosen(images.count, Math.min(images.count, size), seed);
  const count = some.length;
  const accuracy = shareOf(await classes(model, images, normalisation, some), images, some);
  const isAll = count === images.count;
  const within = isAll ? 0 : Z * Math.sqrt(Math.max(accuracy * (1 - accuracy), 1 / (4 * count)) / count);
  return { accuracy, count, within };
}

/** The class that a model gives each of some images. */
export async function classes(
  model: ExaminedModel,
  { images }: LabelledImages,
  normalisation: Normalisation,
  indices: Int32Array,
): Promise<Uint8Array> {
  const of = knownOf(model, images);
  const key = `${JSON.stringify(normalisation)} ${indices.join()}`;
  const found = of.get(key) ?? computed(model, images, normalisation, indices);
  of.set(key, found);
  return found;
}

type Known = Map<string, Promise<Uint8Array>>;
const known = new WeakMap<ExaminedModel, WeakMap<Uint8Array, Known>>();

/** What is known of the classes that a model gives images of a set: sets of one size are different all the same. */
function knownOf(model: ExaminedModel, images: Uint8Array): Known {
  const sets = known.get(model) ?? new WeakMap<Uint8Array, Known>();
  known.set(model, sets);
  const of = sets.get(images) ?? new Map<string, Promise<Uint8Array>>();
  sets.set(images, of);
  return of;
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
