import { type Curves, decodeCurves, FormatError } from '@im2grade/formats';
import { SubmissionFault } from '@im2grade/grader/model/examination.ts';
import { CriterionFailure } from '../verdicts.ts';

/**
 * The curves that were handed in as a CSV file.
 *
 * @param texts - the deliverables by path
 * @param file - which of them holds the curves
 * @throws SubmissionFault `not-implemented` if it was not handed in
 * @throws CriterionFailure with the line if it is no table of curves
 *
 * @example
 * ```ts
 * const { epochs } = readCurves(examination().sources(), 'curves/table1.csv');
 * ```
 */
export function readCurves(texts: Readonly<Record<string, string>>, file: string): Curves {
  if (!Object.hasOwn(texts, file)) throw new SubmissionFault('not-implemented', `no readable ${file} was handed in`);
  try {
    return decodeCurves(texts[file]);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new CriterionFailure(`${file}: ${error.message}`);
  }
}
