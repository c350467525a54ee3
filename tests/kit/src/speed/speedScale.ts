import type { Timing } from '@im2grade/grader/model/evidence.ts';
import { IN_SIX_LOOKS, interval } from '@im2grade/grader/common/interval.ts';
import { median } from '@im2grade/grader/common/median.ts';
import type { TimedOperation } from './measureSpeed.ts';

/**
 * Seconds of the fastest call of each turn. Those of the submission and the reference with the same index are from turns
 * one after the other, on the same inputs; the naive loops may have taken part in every second of these turns only, or in
 * every third.
 */
export interface SpeedSamples {
  submission: number[];
  reference: number[];
  naive: number[];
}

/** Where the samples are on the scale between the naive loops and the reference, and the credit for it (ADR 3). */
export function timingOf(
  { operation, geometry, fullCreditRatio }: Pick<TimedOperation, 'operation' | 'geometry' | 'fullCreditRatio'>,
  samples: SpeedSamples,
  processes: number,
): Timing {
  const ratios = samples.submission.map((seconds, i) => seconds / samples.reference[i]);
  const ratio = { median: median(ratios), ...interval(ratios, IN_SIX_LOOKS) };
  const naiveRatio = median(naiveRatios(samples));
  const overNaive = besideNaive(samples, 'submission').map((seconds, i) => seconds / samples.naive[i]);
  const isFasterThanNaive = interval(overNaive, IN_SIX_LOOKS).high < 1;
  const scale = { naiveRatio, fullCreditRatio };
  return {
    type: 'timing',
    operation,
    geometry,
    seconds: samples,
    ratio,
    ...scale,
    credit: isFasterThanNaive ? creditAt(scale, ratio.median) : 0,
    processes,
  };
}

/** The naive loops' times in units of the reference's, taken in the same turn. */
export const naiveRatios = (samples: SpeedSamples): number[] =>
  besideNaive(samples, 'reference').map((seconds, i) => samples.naive[i] / seconds);

/** The times of an implementation in the turns in which the naive loops took part. */
function besideNaive({ naive, ...others }: SpeedSamples, of: 'submission' | 'reference'): number[] {
  const every = others[of].length / naive.length;
  return naive.map((_, i) => others[of][i * every]);
}

/** The credit for a time of `ratio` times the reference's. */
export function creditAt(
  { naiveRatio, fullCreditRatio }: Pick<Timing, 'naiveRatio' | 'fullCreditRatio'>,
  ratio: number,
): number {
  const share = Math.log(naiveRatio / ratio) / Math.log(naiveRatio / fullCreditRatio);
  // 0/0 if the scale has no width.
  return Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
}
