import { credit, CriterionFailure, type ExaminedModel, type Normalisation } from '@im2grade/kit';
import * as z from 'zod';
import { answer, ANSWERS } from './handedIn.ts';
import { type Measured, measured, percent, testImages, trainingImages } from './measured.ts';

type Verdict = ReturnType<typeof credit>;

/** What a model must reach, and on what. */
interface Threshold {
  readonly least: number;
  /** Look at all test images, in place of some that are enough to decide. */
  readonly isOnAll?: boolean;
}

/**
 * The verdict on a model that recognises enough of the test images, with what it recognises.
 *
 * @throws CriterionFailure if it recognises fewer
 */
export async function judgeAccuracy(
  model: ExaminedModel,
  normalisation: Normalisation,
  seed: number,
  { least, isOnAll = false }: Threshold,
): Promise<Verdict> {
  // Is there a model at all? That does not depend on the images.
  await model.structure();
  const images = testImages();
  const found = await measured(
    model,
    images,
    normalisation,
    seed,
    (sample) => !isOnAll && Math.abs(sample.accuracy - least) > sample.within,
  );
  const evidence = [measurementOf(found, images.count)];
  if (found.accuracy >= least) return credit(1, '', evidence);
  throw new CriterionFailure(
    `${model.files.path}: recognises ${percent(found.accuracy)} of ${found.count} test images; asked are ${percent(least)}`,
    evidence,
  );
}

const measurementOf = ({ accuracy: value, count, within }: Measured, of: number): Verdict['evidence'][number] => ({
  ...{ type: 'measurement' as const, name: 'test accuracy', value, within, isShare: true },
  on: count === of ? `all ${of} test images` : `${count} of ${of} test images`,
});

const Share = z.number().min(0).max(1);
const PARTS = ['training', 'validation', 'test'] as const;
type Reported = Record<(typeof PARTS)[number], number>;

/**
 * Judges accuracies in `answers.yaml` by what the model gives here. Which images were held out for validation is not known,
 * so that those of training and validation are held against all images to train with.
 *
 * @param path - of the three accuracies in the answers
 * @param names - of the three
 * @param within - how far a number may be off beside the interval of the sample
 */
export async function judgeAccuracies(
  model: ExaminedModel,
  normalisation: Normalisation,
  seed: number,
  { path, within, names }: { path: string; within: number; names: Readonly<Record<keyof Reported, string>> },
): Promise<Verdict> {
  const reported = PARTS.map((part) => ({ part, given: Share.safeParse(answer(`${path}.${names[part]}`)) }));
  const of = (part: keyof Reported) => reported.find((each) => each.part === part)!.given.data;
  const problems = reported
    .filter(({ given }) => !given.success)
    .map(({ part }) => `${path}.${names[part]}: must be a share of 1, like 0.735`);
  await model.structure();
  const [training, validation, test] = PARTS.map(of);
  const check = async (images: ReturnType<typeof testImages>, low: number, high: number, what: string) => {
    const isNear = (each: { accuracy: number; within: number }) =>
      each.accuracy >= low - within - each.within && each.accuracy <= high + within + each.within;
    const found = await measured(model, images, normalisation, seed, isNear);
    if (!isNear(found))
      problems.push(
        `${what}; the model that was handed in recognises ${percent(found.accuracy)} of ${found.count} such images`,
      );
  };
  if (test !== undefined) await check(testImages(), test, test, `${path}.${names.test} is ${percent(test)}`);
  if (training !== undefined && validation !== undefined) {
    const [low, high] = [Math.min(training, validation), Math.max(training, validation)];
    await check(
      trainingImages(),
      low,
      high,
      `${path}: training ${percent(training)}, validation ${percent(validation)}`,
    );
  }
  const wrong = Math.min(PARTS.length, problems.length);
  return credit(1 - wrong / PARTS.length, wrong === 0 ? '' : `${wrong} of the numbers in ${ANSWERS} are not right`, [
    ...problems.map((message) => ({ type: 'remark', message: `${ANSWERS}: ${message}` }) as const),
    ...(training !== undefined && test !== undefined && test >= training
      ? [
          {
            type: 'remark',
            message: `the test accuracy is not below the training accuracy; a person should look at how ${model.files.path} was trained. It costs nothing`,
          } as const,
        ]
      : []),
  ]);
}
