import { type CurveName, implausible } from '@im2grade/formats';
import { credit, type Verdict } from '../verdicts.ts';
import { drawnCurves } from './drawnCurves.ts';
import { readCurves } from './readCurves.ts';

/** What a file of curves must contain. */
export interface AskedCurves {
  /** Of the model, for the plot. */
  readonly model: string;
  /** Each counts the same. */
  readonly curves: readonly CurveName[];
  /** More epochs cost everything; no limit without it. */
  readonly mostEpochs?: number;
}

/**
 * Judges curves that were handed in: those asked for must be there, epoch by epoch, and none may be what no training
 * gives. The report draws them.
 *
 * @param texts - the deliverables by path
 * @param file - which of them holds the curves, as CSV
 * @throws SubmissionFault `not-implemented` if it was not handed in
 * @throws CriterionFailure with the line if it is no table of curves
 *
 * @example
 * ```ts
 * criterion('table-1.curves', async () =>
 *   judgeCurves(examination().sources(), 'curves/table1.csv', {
 *     model: 'Table 1',
 *     curves: ['train_loss', 'validation_loss', 'test_loss'],
 *   }),
 * );
 * ```
 */
export function judgeCurves(
  texts: Readonly<Record<string, string>>,
  file: string,
  { model, curves: asked, mostEpochs }: AskedCurves,
): Verdict {
  const curves = readCurves(texts, file);
  const found = implausible(curves, mostEpochs);
  const right = asked.filter((curve) => curves.values[curve] && !found.some((each) => each.curve === curve)).length;
  const hasRightEpochs = found.every(({ curve }) => curve !== undefined);
  const problems = [
    ...asked.filter((curve) => !curves.values[curve]).map((curve) => `there is no column ${curve}`),
    ...found.map(({ curve, problem }) => (curve === undefined ? problem : `${curve} ${problem}`)),
  ];
  return credit(
    hasRightEpochs ? right / asked.length : 0,
    hasRightEpochs && right === asked.length ? '' : problems[0],
    [
      ...problems.map((problem) => ({ type: 'remark', message: `${file}: ${problem}` }) as const),
      drawnCurves([{ file, model, curves }]),
    ],
  );
}
