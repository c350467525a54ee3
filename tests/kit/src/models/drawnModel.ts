import { MAX_PICTURES, type Pictures } from '@im2grade/grader/model/pictures.ts';
import { CriterionFailure } from '../verdicts.ts';
import type { Normalisation } from '@im2grade/models';
import type { ExaminedModel } from './ExaminedModel.ts';
import type { ModelNode } from './ModelStructure.ts';
import { colourPicture, imagePicture, largest, type Plane, shrunk, signedPicture } from './picturesOf.ts';

/** An image as bytes, `[y][x][channel]` in red, green and blue. */
interface ColourImage {
  readonly bytes: Uint8Array;
  readonly height: number;
  readonly width: number;
  /** What it is, like *test image 0*. */
  readonly name: string;
}

const CHANNELS = 3;

/**
 * The filters of a model's first convolution as pictures: in colours if it sees colours.
 *
 * @throws CriterionFailure if the model has no convolution that can be drawn, and what `structure` throws
 *
 * @example
 * ```ts
 * showBeside('net.filters', ({ submission }) => drawnFilters(examinedModel(submission, 'models/net')));
 * ```
 */
export async function drawnFilters(model: ExaminedModel): Promise<Pictures> {
  const { place, node } = convolutionOf(model, (await model.structure()).nodes, 'first');
  const [K, C, height, width] = node.filters!;
  const weights = await model.filterWeights(place);
  const planeOf = (at: number): Plane => ({
    values: weights.subarray(at * height * width, (at + 1) * height * width),
    height,
    width,
  });
  const isColoured = C === CHANNELS;
  const filters = Array.from({ length: Math.min(K, MAX_PICTURES) }, (_, k) =>
    Array.from({ length: isColoured ? CHANNELS : 1 }, (__, c) => shrunk(planeOf(k * C + c)).plane),
  );
  const most = largest(filters.flat());
  return {
    type: 'pictures',
    shows: `${capital(counted(filters.length, K, 'filter'))} of the first convolution, ${node.name}, ${height}×${width}${isColoured ? '' : `, the first of ${C} channels of each`}.`,
    drawn: isColoured ? 'colours' : 'signed',
    most,
    pictures: filters.map((planes, k) =>
      isColoured ? colourPicture(`filter ${k}`, planes, most) : signedPicture(`filter ${k}`, planes[0], most),
    ),
  };
}

/**
 * What the first filters of a convolution give for an image, before any normalisation or activation.
 *
 * @param which - of the convolutions of the model
 * @throws CriterionFailure if the model has no convolution that can be drawn, and what `structure` throws
 *
 * @example
 * ```ts
 * await drawnActivations(model, 'last', image, normalisation); // ten pictures of 8×8 of ResNet18
 * ```
 */
export async function drawnActivations(
  model: ExaminedModel,
  which: 'first' | 'last',
  { bytes, height, width, name }: ColourImage,
  normalisation: Normalisation,
): Promise<Pictures> {
  const { place, node } = convolutionOf(model, (await model.structure()).nodes, which);
  const [K, rows, columns] = node.shape;
  const [values] = await model.nodeValues([place], bytes, normalisation);
  const size = rows * columns;
  const maps = Array.from({ length: Math.min(K, MOST_MAPS) }, (_, k) =>
    shrunk({ values: values.subarray(k * size, (k + 1) * size), height: rows, width: columns }),
  );
  const planes = maps.map(({ plane }) => plane);
  const [{ by }] = maps;
  const most = largest(planes);
  return {
    type: 'pictures',
    shows:
      `What ${counted(maps.length, K, 'filter')} of the ${which} convolution, ${node.name}, ${maps.length === 1 ? 'gives' : 'give'} for ${name}, of shape 1×${node.shape.join('×')}` +
      `${by === 1 ? '' : `; each pixel is the mean of ${by}×${by}`}.`,
    drawn: 'signed',
    most,
    given: imagePicture(name, { values: bytes, height, width }),
    pictures: planes.map((plane, k) => signedPicture(`filter ${k}`, plane, most)),
  };
}

/** As many as a student is asked for. */
const MOST_MAPS = 10;

const counted = (shown: number, all: number, what: string): string =>
  shown < all ? `${shown} of ${all} ${what}s` : `all ${all} ${what}s`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function convolutionOf(
  { files }: ExaminedModel,
  nodes: readonly ModelNode[],
  which: 'first' | 'last',
): { readonly place: number; readonly node: ModelNode } {
  const isConvolution = ({ kind, filters, shape }: ModelNode) =>
    kind === 'convolution' && filters?.length === 4 && shape.length === 3 && [filters, shape].every(isDrawable);
  const place = which === 'first' ? nodes.findIndex(isConvolution) : nodes.findLastIndex(isConvolution);
  if (place < 0) throw new CriterionFailure(`${files.path}: has no convolution that can be drawn`);
  return { place, node: nodes[place] };
}

/** More numbers than a reader admits are only in a made-up structure. */
const MOST_NUMBERS = 4_000_000;

function isDrawable(shape: readonly number[]): boolean {
  const size = shape.reduce((a, b) => a * b, 1);
  return size > 0 && size <= MOST_NUMBERS;
}
