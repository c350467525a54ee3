import { CURVE_NAMES, type CurveName, type Curves } from './Curves.ts';

/** Something that no training gives. */
export interface Implausible {
  /** The curve; undefined if it is about the epochs, and so about all curves. */
  readonly curve: CurveName | undefined;
  /** A sentence without the curve's name. */
  readonly problem: string;
}

/** With fewer epochs, accuracies can be the same by chance. */
const ENOUGH_TO_DIFFER = 3;

/**
 * What cannot have been measured during a training, curve by curve; at most one problem of each curve.
 *
 * @param mostEpochs - how many epochs are allowed; an epoch 0 is read as the state before the training
 *
 * @example
 * ```ts
 * implausible({ epochs: [1, 2, 4], values: { train_loss: [1.6, 1.2, 1] } });
 * // [{ curve: undefined, problem: 'epoch 3 is missing' }]
 * ```
 */
export function implausible(curves: Curves, mostEpochs = Infinity): Implausible[] {
  const inEpochs = problemOfEpochs(curves.epochs, mostEpochs);
  return [
    ...(inEpochs === undefined ? [] : [{ curve: undefined, problem: inEpochs }]),
    ...CURVE_NAMES.flatMap((curve) => {
      const problem = curves.values[curve] && problemOfCurve(curve, curves);
      return problem === undefined ? [] : [{ curve, problem }];
    }),
  ];
}

function problemOfEpochs(epochs: readonly number[], mostEpochs: number): string | undefined {
  if (epochs[0] > 1) return `the first epoch is ${epochs[0]}; begin with 1`;
  const broken = epochs.findIndex((epoch, i) => i > 0 && epoch !== epochs[i - 1] + 1);
  if (broken > 0) {
    const [before, epoch] = [epochs[broken - 1], epochs[broken]];
    if (epoch > before) return `epoch ${before + 1} is missing`;
    return epochs.indexOf(epoch) < broken ? `epoch ${epoch} is there twice` : `epoch ${epoch} is after epoch ${before}`;
  }
  const last = epochs[epochs.length - 1];
  return last > mostEpochs ? `${last} epochs; at most ${mostEpochs} are allowed` : undefined;
}

function problemOfCurve(curve: CurveName, { epochs, values }: Curves): string | undefined {
  const heights = values[curve]!;
  const isLoss = curve.endsWith('loss');
  const at = (wrong: (height: number) => boolean): number | undefined => {
    const index = heights.findIndex(wrong);
    return index < 0 ? undefined : epochs[index];
  };
  const unknown = at((height) => !Number.isFinite(height));
  if (unknown !== undefined) return `has no finite number in epoch ${unknown}`;
  const below = at((height) => height < 0);
  if (below !== undefined) return `is below 0 in epoch ${below}`;
  const above = at((height) => !isLoss && height > 1);
  if (above !== undefined) return `is above 1 in epoch ${above}; an accuracy is a share from 0 to 1`;
  if (heights.length >= ENOUGH_TO_DIFFER && heights.every((height) => height === heights[0]))
    return 'is the same in every epoch';
  if (curve.startsWith('train') && heights.length > 1 && isBestAtFirst(heights, isLoss))
    return `is best in epoch ${epochs[0]}, the first: nothing was learned`;
  const original = CURVE_NAMES.slice(0, CURVE_NAMES.indexOf(curve)).find((name) => isCopy(heights, values[name]));
  return original && `is ${original} in every epoch`;
}

const isBestAtFirst = ([first, ...others]: readonly number[], isLoss: boolean): boolean =>
  others.every((height) => (isLoss ? height > first : height < first));

const isCopy = (heights: readonly number[], others: readonly number[] | undefined): boolean =>
  others !== undefined && heights.length >= ENOUGH_TO_DIFFER && heights.every((height, i) => height === others[i]);
