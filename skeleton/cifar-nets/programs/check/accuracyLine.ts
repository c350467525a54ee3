import { type ColourImages, DataError, loadCifar } from '@im2grade/data';
import { evaluate, type Graph, costOf, normalised } from '@im2grade/models';
import { splitImages } from '../table1/trainEpochs.ts';
import { type Answers, normalisationIn } from './declarations.ts';
import type { ModelName } from './checkModel.ts';
import { type Line, open, plain, right, wrong } from './Line.ts';

type Images = Pick<ColourImages, 'images' | 'labels'>;

/** Steps that a check takes for one model at most: some seconds for Table 1, a minute for ResNet18. */
const MOST_WORK = 2.5e11;
const CLASSES = 10;

/**
 * The images that `npm run train` keeps for validation, the last tenth of the training set.
 *
 * @returns one line if they are not here
 */
export function validationImages(folder: string): Images | string {
  try {
    const { train, test } = loadCifar(folder);
    return splitImages(train, test).validation;
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
}

/** What the accuracy is measured on, and what is asked. */
interface Asked {
  readonly images: Images | string;
  readonly most: number;
  /** The share of test images that are to be recognised, if the assignment says so. */
  readonly least: number | undefined;
}

/** The accuracy of a model on some of the images. Near the threshold it cannot say what test images give. */
export function accuracyLine(name: ModelName, graph: Graph, answers: Answers, { images, most, least }: Asked): Line {
  const normalisation = normalisationIn(answers, name);
  if (typeof normalisation === 'string') return wrong(`answers.yaml: ${normalisation}`);
  if (typeof images === 'string') return open(`accuracy: ${images}`);
  const count = Math.max(1, Math.min(images.labels.length, most, Math.floor(MOST_WORK / costOf(graph).work)));
  const size = images.images.length / images.labels.length;
  const outputs = evaluate(graph, normalised(images.images.subarray(0, count * size), normalisation));
  const share = correctIn(outputs, images.labels) / count;
  const text = `recognises ${percent(share)} of ${count} images kept for validation`;
  if (least === undefined) return plain(text);
  const asked = `${text}; asked are ${percent(least)} of the test images`;
  const within = Z * Math.sqrt((least * (1 - least)) / count);
  return share >= least + within
    ? right(asked)
    : share < least - within
      ? wrong(asked)
      : open(`${asked}, which is near`);
}

/** Quantile of the normal distribution for 95 %. */
const Z = 1.96;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function correctIn(outputs: Float32Array, labels: Uint8Array): number {
  let correct = 0;
  for (let n = 0; n * CLASSES < outputs.length; n++) {
    const row = [...outputs.subarray(n * CLASSES, (n + 1) * CLASSES)];
    if (row.indexOf(Math.max(...row)) === labels[n]) correct++;
  }
  return correct;
}
