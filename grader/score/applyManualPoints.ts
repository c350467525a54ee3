import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { ManualEntry } from '../model/manualPoints.ts';
import type { Outcome, ScoreReport } from '../model/report.ts';
import type { HandInTimes } from './handInTimes.ts';
import { round } from '../common/round.ts';
import { totalsOf } from './score.ts';

/** What decides a score in addition to the work itself. */
export interface Circumstances {
  /** In the order in which they were given; the last entry for a criterion counts. */
  readonly manual: readonly ManualEntry[];
  /** Undefined if unknown or not needed. */
  readonly times: HandInTimes | undefined;
}

/** What of a report decides its score. */
export type Scored = Pick<ScoreReport, 'outcomes' | 'totals'> & {
  readonly submission: Pick<ScoreReport['submission'], 'digest'>;
};

/** The report with the points that people gave, and with the late policy applied to the total. */
export function applyManualPoints<R extends Scored>(
  assignment: Assignment,
  report: R,
  { manual, times }: Circumstances,
): R {
  const latest = new Map(manual.map((entry) => [entry.criterion, entry]));
  const handedInElsewhere = new Set(
    criteriaOf(assignment)
      .filter(({ examines }) => examines.length === 0)
      .map(({ id }) => id),
  );
  const outcomes = report.outcomes.map((outcome) => {
    const entry = outcome.kind === 'manual' ? latest.get(outcome.id) : undefined;
    if (!entry) return outcome;
    const isAnother = entry.digest !== report.submission.digest && !handedInElsewhere.has(outcome.id);
    return given(outcome, entry, isAnother);
  });
  return { ...report, outcomes, totals: totalsOf(assignment, outcomes, times) };
}

/** @param isAnother - true if the points were given for another version of the submission */
function given(outcome: Outcome, { points, note, by, at }: ManualEntry, isAnother: boolean): Outcome {
  const credit = Math.min(1, points / outcome.points);
  const otherVersion = isAnother ? '; for a different version of the submission' : '';
  return {
    ...outcome,
    status: credit === 1 ? 'passed' : credit === 0 ? 'failed' : 'partial',
    credit,
    earned: round(Math.min(points, outcome.points)),
    reason: note,
    given: { by, at },
    evidence: [{ type: 'remark', message: `given by ${by} on ${at.slice(0, 10)}${otherVersion}` }],
  };
}
