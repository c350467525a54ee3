import { CriterionFailure, examination } from '@im2grade/kit';
import { SubmissionFault } from '@im2grade/grader/model/examination.ts';
import { normalisationOf, type Submission } from '../handedIn.ts';
import { chosen, classes, percent, testImages } from '../measured.ts';
import { transferModel } from './TransferModel.ts';

const FILE = 'predictions/transfer.csv';

/** The classes that were handed in for all test images. */
function handedIn(count: number): Uint8Array {
  const sources = examination().sources();
  if (!Object.hasOwn(sources, FILE)) throw new SubmissionFault('not-implemented', `no readable ${FILE} was handed in`);
  const lines = sources[FILE].trimEnd().split(/\r?\n/u, count + 2);
  const rows = /^\d$/u.test(lines[0].trim()) ? lines : lines.slice(1);
  const wrong = rows.findIndex((row) => !/^\d$/u.test(row.trim()));
  if (wrong >= 0)
    throw new CriterionFailure(
      `${FILE}:${wrong + 1 + lines.length - rows.length}: must be a class from 0 to 9, alone in its line`,
    );
  if (rows.length !== count)
    throw new CriterionFailure(
      `${FILE}: has ${rows.length > count ? 'more' : rows.length} classes for ${count} test images`,
    );
  return Uint8Array.from(rows, Number);
}

/**
 * Computes the classes of some images again; those that were handed in must be the same, but for ties.
 *
 * @throws CriterionFailure if they are not
 * @returns the classes that were handed in
 */
export async function confirmedPredictions(
  submission: Submission,
  seed: number,
  { sample, ties }: { readonly sample: number; readonly ties: number },
): Promise<Uint8Array> {
  const { model } = await transferModel(submission);
  await model.structure();
  const images = testImages();
  const given = handedIn(images.count);
  const some = chosen(images.count, Math.min(sample, images.count), seed);
  const computed = await classes(model, images, normalisationOf('transfer'), some);
  const different = [...some].filter((image, n) => computed[n] !== given[image]);
  if (different.length > ties * some.length)
    throw new CriterionFailure(
      `${FILE}: for ${different.length} of ${some.length} images that were computed again, ${model.files.path} gives another class`,
    );
  return given;
}

/** @throws CriterionFailure if fewer of the test images are recognised */
export function requireRecognised(given: Uint8Array, least: number): void {
  const { labels, count } = testImages();
  const right = given.reduce((sum, each, n) => sum + Number(each === labels[n]), 0) / count;
  if (right < least)
    throw new CriterionFailure(
      `${FILE}: ${percent(right)} of ${count} test images are recognised; asked are ${percent(least)}`,
    );
}
