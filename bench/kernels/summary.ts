import { median } from '../../grader/model/median.ts';
import { flopsOf, type NamedCase } from './Case.ts';
import { OURS } from './contestants.ts';
import type { Absence, CaseResult, Measurement } from './measureCase.ts';
import { medianRatio, spread } from './statistics.ts';

/** What is told of one contestant in one case. */
export interface Line {
  readonly contestant: string;
  readonly isCeiling: boolean;
  /** Median milliseconds of a call. */
  readonly ms: number;
  /** The middle half of the times, as a share of their median. */
  readonly spread: number;
  readonly gigaflops: number;
  /** Its speed by ours, from the same rounds; NaN where ours is missing, or of a ceiling. */
  readonly speed: number;
  /** Its speed by the ceiling of its arithmetic, from the same rounds; NaN where that is missing. */
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
  const ours = measurements.find(({ contestant }) => contestant.name === OURS);
  const lines = measurements.map((measurement) => {
    const { contestant, flops, ms } = measurement;
    const ceiling = measurements.find(
      ({ contestant: { isCeiling, arithmetic } }) => isCeiling && arithmetic === contestant.arithmetic,
    );
    return {
      contestant: contestant.name,
      isCeiling: contestant.isCeiling ?? false,
      ms: median(ms),
      spread: spread(ms),
      gigaflops: flops / median(ms) / 1e6,
      speed: contestant.isCeiling ? NaN : speedBy(measurement, ours),
      share: speedBy(measurement, ceiling),
      samples: ms,
    };
  });
  return { name, title, flops: flopsOf(what), lines, absences };
}

/** Operations per second by another's, from the same rounds. */
function speedBy({ flops, ms }: Measurement, other: Measurement | undefined): number {
  return other ? medianRatio(other.ms, ms) * (flops / other.flops) : NaN;
}
