import { median } from '../../grader/common/median.ts';
import { flopsOf, type NamedCase } from './Case.ts';
import { OURS } from './candidates.ts';
import type { Absence, CaseResult, Measurement } from './measureCase.ts';
import { medianRatio, spread } from './statistics.ts';

/** The figures of one candidate in one case. */
export interface Line {
  readonly candidate: string;
  readonly isCeiling: boolean;
  /** Median milliseconds of a call. */
  readonly ms: number;
  /** The middle half of the times, as a share of their median. */
  readonly spread: number;
  readonly gigaflops: number;
  /** Its speed relative to ours, from the same rounds; NaN if ours is missing, and for a ceiling. */
  readonly speed: number;
  /** Its speed relative to the ceiling of its arithmetic, from the same rounds; NaN if that is missing. */
  readonly share: number;
  readonly samples: readonly number[];
}

export interface CaseSummary {
  readonly name: string;
  readonly title: string;
  readonly flops: number;
  readonly lines: readonly Line[];
  readonly absences: readonly Absence[];
}

/** Medians and paired ratios of a case. */
export function summarize({ name, title, case: what }: NamedCase, { measurements, absences }: CaseResult): CaseSummary {
  const ours = measurements.find(({ candidate }) => candidate.name === OURS);
  const lines = measurements.map((measurement) => {
    const { candidate, flops, ms } = measurement;
    const ceiling = measurements.find(
      ({ candidate: { isCeiling, arithmetic } }) => isCeiling && arithmetic === candidate.arithmetic,
    );
    return {
      candidate: candidate.name,
      isCeiling: candidate.isCeiling ?? false,
      ms: median(ms),
      spread: spread(ms),
      gigaflops: flops / median(ms) / 1e6,
      speed: candidate.isCeiling ? NaN : speedBy(measurement, ours),
      share: speedBy(measurement, ceiling),
      samples: ms,
    };
  });
  return { name, title, flops: flopsOf(what), lines, absences };
}

/** Operations per second relative to another's, from the same rounds. */
function speedBy({ flops, ms }: Measurement, other: Measurement | undefined): number {
  return other ? medianRatio(other.ms, ms) * (flops / other.flops) : NaN;
}
