import type { Curves } from '@im2grade/formats';
import { type LearningCurves, toNum } from '@im2grade/grader/model/evidence.ts';

const SETS = ['train', 'validation', 'test'] as const;

/** Curves with the file that holds them. */
export interface NamedCurves {
  readonly file: string;
  readonly curves: Curves;
  /** Of the model; put before the names of the curves if several files are drawn together. */
  readonly model: string;
}

/**
 * Evidence from which a report draws curves that were handed in; several files go into one plot.
 *
 * @example
 * ```ts
 * drawnCurves([{ file: 'curves/table1.csv', model: 'Table 1', curves }]);
 * ```
 */
export function drawnCurves(drawn: readonly NamedCurves[]): LearningCurves {
  const series = drawn.flatMap(({ curves: { values }, model }) =>
    SETS.map((set) => ({
      name: drawn.length > 1 ? `${model}, ${set}` : set,
      crossEntropy: (values[`${set}_loss`] ?? []).map(toNum),
      accuracy: (values[`${set}_accuracy`] ?? []).map(toNum),
    })),
  );
  const longest = drawn.map(({ curves: { epochs } }) => epochs).sort((a, b) => b.length - a.length)[0] ?? [];
  return {
    type: 'learning-curves',
    network: drawn.map(({ model }) => model).join(' and '),
    files: drawn.map(({ file }) => file),
    epochs: [...longest],
    series: series.filter(({ crossEntropy, accuracy }) => crossEntropy.length + accuracy.length > 0),
  };
}
