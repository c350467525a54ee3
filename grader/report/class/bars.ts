import { quantile } from '../../common/quantile.ts';
import type { ClassReport } from '../../model/classReport.ts';
import { points } from '../text/numbers.ts';

const MOST_BARS = 25;
const STEPS = [1, 2, 5, 10, 20, 50, 100];

/** How many scores are in a range of points. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Ranges of one width, up to the most points, with the number of scores in each. */
export function barsOf(scores: readonly number[], most: number): Bar[] {
  const step = STEPS.find((each) => most / each <= MOST_BARS) ?? most / MOST_BARS;
  const counts = new Array<number>(Math.max(1, Math.ceil(most / step))).fill(0);
  // Full marks belong to the last range.
  for (const score of scores) counts[Math.min(counts.length - 1, Math.max(0, Math.floor(score / step)))]++;
  return counts.map((count, i) => ({ from: i * step, to: (i + 1) * step, count }));
}

/** The end of the axis: the points that could be earned. */
export const mostPoints = ({ rows }: ClassReport): number =>
  Math.max(...rows.map(({ totals }) => Math.max(totals?.possible ?? 0, totals?.earned ?? 0)));

/** The lowest, the highest, and the middle half. */
export function distributionInWords(scores: readonly number[]): string {
  const at = (share: number): string => points(quantile(scores, share));
  const inWords =
    at(0) === at(1)
      ? `Everyone has ${pointsText(at(0))}.`
      : `The lowest has ${at(0)}, the highest ${pointsText(at(1))}; half of the class has ${at(0.25) === at(0.75) ? at(0.25) : `${at(0.25)} to ${at(0.75)}`}.`;
  return `${inWords} Pending points are not included.`;
}

const pointsText = (value: string): string => `${value} point${value === '1' ? '' : 's'}`;
