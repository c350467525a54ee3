import { type CurveName, decodeCurves, FormatError, implausible } from '@im2grade/formats';
import { type Line, right, wrong } from './Line.ts';

const ASKED: readonly { readonly file: string; readonly curves: readonly CurveName[]; readonly most?: number }[] = [
  { file: 'curves/lenet.csv', curves: ['train_loss', 'validation_loss', 'test_loss'] },
  ...['first', 'second'].map((name) => ({
    ...{ file: `curves/${name}.csv`, most: 10 },
    curves: ['train_loss', 'validation_loss', 'validation_accuracy'] as const,
  })),
];

/** What would be said about the curves that are there. */
export const checkCurves = (files: ReadonlyMap<string, Uint8Array>): Line[] =>
  ASKED.filter(({ file }) => files.has(file)).flatMap(({ file, curves, most }) => {
    try {
      const found = decodeCurves(new TextDecoder().decode(files.get(file)));
      const problems = [
        ...curves.filter((curve) => !found.values[curve]).map((curve) => `there is no column ${curve}`),
        ...implausible(found, most).map(({ curve, problem }) =>
          curve === undefined ? problem : `${curve} ${problem}`,
        ),
      ];
      return problems.length === 0
        ? [right(`${file}: ${found.epochs.length} ${found.epochs.length === 1 ? 'epoch' : 'epochs'}`)]
        : problems.map((problem) => wrong(`${file}: ${problem}`));
    } catch (error) {
      if (error instanceof FormatError) return [wrong(`${file}: ${error.message}`)];
      throw error;
    }
  });
