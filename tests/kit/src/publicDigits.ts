import {
  type FirstLayer,
  type GreyImage,
  MAX_MISREAD,
  MAX_TENSOR_VALUES,
  type PublicDigits,
  type Tensor,
  toNum,
} from '@im2grade/grader/model/evidence.ts';
import type { LabelledImages } from '@im2grade/grader/model/examination.ts';
import { convGeometry, type InputSize, type NetworkDescription } from '@im2grade/nn';
import { answersTrusted, firstConvolutionTrusted, NO_ANSWER } from './trustedLibrary.ts';

/**
 * How a network reads digits that every student has, and the first ones that it misreads; hidden ones are never shown.
 *
 * @example
 * ```ts
 * const { correct, misread } = publicDigits(description, input, parameters, dataSet('mnist').validation);
 * ```
 */
export function publicDigits(
  description: NetworkDescription,
  input: InputSize,
  parameters: Float64Array,
  { images, labels, count }: LabelledImages,
): PublicDigits {
  const answers = answersTrusted(description, input, parameters, images);
  const wrong = Array.from(answers.keys()).filter((i) => answers[i] !== labels[i]);
  return {
    digits: count,
    correct: count - wrong.length,
    misread: wrong
      .filter((i) => answers[i] !== NO_ANSWER)
      .slice(0, MAX_MISREAD)
      .map((i) => ({ image: greyImage(images, i, input), label: labels[i], answer: answers[i] })),
  };
}

/**
 * The filters of a network that begins with a convolution, and their outputs for the first of these public digits: as
 * many as a report holds. Undefined for a network that begins with another layer.
 *
 * @example
 * ```ts
 * const filters = firstLayer(description, input, parameters, dataSet('mnist').validation)?.filters;
 * ```
 */
export function firstLayer(
  description: NetworkDescription,
  input: InputSize,
  parameters: Float64Array,
  { images, labels }: LabelledImages,
): FirstLayer | undefined {
  const layer = description.layers[0];
  if (layer?.type !== 'conv') return undefined;
  const { type: _, ...sizes } = layer;
  const { KnY, KnX, InC, KnC, OpY, OpX } = convGeometry({
    ...input,
    Py: (sizes.KnY - 1) / 2,
    Px: (sizes.KnX - 1) / 2,
    ...sizes,
  });
  const shown = Math.min(KnC, Math.floor(MAX_TENSOR_VALUES / Math.max(KnY * KnX * InC, OpY * OpX)));
  if (shown === 0) return undefined;
  const digit = greyImage(images, 0, input);
  const pixels = images.subarray(0, input.InY * input.InX * input.InC);
  const { weights, outputs } = firstConvolutionTrusted(description, input, parameters, pixels);
  const filter = { name: 'filter', size: shown };
  const kernel = [
    { name: 'ky', size: KnY },
    { name: 'kx', size: KnX },
    // A single channel does not need an axis.
    ...(InC > 1 ? [{ name: 'ic', size: InC }] : []),
  ];
  const map = [
    { name: 'oy', size: OpY },
    { name: 'ox', size: OpX },
  ];
  return {
    filterCount: KnC,
    filters: { name: 'filters', axes: [...kernel, filter], values: rounded(weights, KnC, shown) },
    digit,
    label: labels[0],
    activations: { name: 'activations', axes: [...map, filter], values: rounded(outputs, KnC, shown) },
  };
}

/** The first `shown` of every `of` values, with the digits that a picture can show. */
const rounded = (values: Float64Array, of: number, shown: number): Tensor['values'] =>
  Array.from(
    values.filter((_, i) => i % of < shown),
    (value) => toNum(Number(value.toPrecision(3))),
  );

function greyImage(images: Uint8Array, at: number, { InY, InX, InC }: InputSize): GreyImage {
  const size = InY * InX * InC;
  const pixels = Buffer.from(images.subarray(at * size, (at + 1) * size)).toString('base64');
  return { height: InY, width: InX * InC, pixels };
}
