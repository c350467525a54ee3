import type { Visibility } from '../../model/assignment.ts';
import type { Outcome, ScoreReport } from '../../model/report.ts';

/** Criteria that a student may see in full at any time. */
export const BEFORE_DUE: readonly Visibility[] = ['visible'];

/** Criteria that a student may see in full when nobody can hand in any more. */
export const AFTER_DUE: readonly Visibility[] = ['visible', 'after-due'];

/**
 * The report as its student may see it. A criterion that is not open keeps what `assignment.yaml` tells of it anyway, its
 * status and its points; what happened and the evidence go, because they quote hidden inputs, as can every word that the
 * submission said about them.
 *
 * @param open - the visibilities that are shown in full
 */
export function studentView(report: ScoreReport, open = BEFORE_DUE): ScoreReport {
  return {
    ...report,
    outcomes: report.outcomes.map((outcome) => (open.includes(outcome.visibility) ? outcome : closed(outcome))),
  };
}

const closed = (outcome: Outcome): Outcome => ({
  ...outcome,
  reason:
    outcome.visibility === 'after-due'
      ? 'What this criterion examined is shown after the due date.'
      : 'This criterion is hidden: what it examined is not shown.',
  evidence: [],
  replay: '',
});
