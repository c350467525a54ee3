import type { Assignment } from '../model/assignment.ts';
import type { ManualEntry } from '../model/manualPoints.ts';
import type { Outcome, ScoreReport } from '../model/report.ts';
import type { HandInTimes } from './handInTimes.ts';
import { round } from './round.ts';
import { totalsOf } from './score.ts';

/** What decides a score beside the work itself. */
export interface Circumstances {
  /** In the order in which they were given; of one criterion the last counts. */
  readonly manual: readonly ManualEntry[];
  /** Undefined where nobody knows, or asks. */
  readonly times: HandInTimes | undefined;
}

/** The report with the points that people gave, and with what lateness leaves of the total. */
export function settle(assignment: Assignment, report: ScoreReport, { manual, times }: Circumstances): ScoreReport {
  const latest = new Map(manual.map((entry) => [entry.criterion, entry]));
  const outcomes = report.outcomes.map((outcome) => {
    const entry = outcome.kind === 'manual' ? latest.get(outcome.id) : undefined;
    return entry ? given(outcome, entry, report.submission.digest) : outcome;
  });
  return { ...report, outcomes, totals: totalsOf(assignment, outcomes, times) };
}

function given(outcome: Outcome, { points, note, by, at, digest }: ManualEntry, graded: string): Outcome {
  const credit = Math.min(1, points / outcome.points);
  const whatWasRead = digest === graded ? '' : '; what was read then is not what was handed in now';
  return {
    ...outcome,
    status: credit === 1 ? 'passed' : credit === 0 ? 'failed' : 'partial',
    credit,
    earned: round(credit * outcome.points),
    reason: note,
    given: { by, at },
    evidence: [{ type: 'remark', message: `given by ${by} on ${at.slice(0, 10)}${whatWasRead}` }],
  };
}
