import type { Visibility } from '../../model/assignment.ts';
import { type Evidence, isComment } from '../../model/evidence.ts';
import type { Outcome, ScoreReport } from '../../model/report.ts';

/** Criteria that a student may see in full at any time. */
export const BEFORE_DUE: readonly Visibility[] = ['visible'];

/** Criteria that a student may see in full when hand-in has closed. */
export const AFTER_DUE: readonly Visibility[] = ['visible', 'after-due'];

/**
 * The report as its student may see it. A criterion that is not open keeps what `assignment.yaml` says about it, its
 * status and its points. What happened and the evidence are removed, because they quote hidden inputs, and so may any
 * text of the submission about them. If a failure on public inputs was found, it is shown instead. The commands are
 * removed, too: they need the grader. So is the name of the machine. Why a file could not be used is no secret.
 *
 * @param open - the visibilities that are shown in full
 */
export function studentView(report: ScoreReport, open = BEFORE_DUE): ScoreReport {
  const ofFiles = new Set(report.submission.unusable.map(({ reason }) => reason));
  const { worker: _, ...environment } = report.environment;
  return {
    ...report,
    environment,
    grading: { ...report.grading, command: '' },
    outcomes: report.outcomes.map(({ publicFailure, ...outcome }) => ({
      ...(open.includes(outcome.visibility) || ofFiles.has(outcome.reason)
        ? outcome
        : { ...outcome, ...partlyShown(outcome, publicFailure) }),
      replay: '',
    })),
  };
}

/** What a person said about it is for the student, and stays. */
function partlyShown(outcome: Omit<Outcome, 'publicFailure'>, publicFailure: Outcome['publicFailure']) {
  const comments = outcome.evidence.filter(isComment);
  if (outcome.given) return { reason: outcome.reason, evidence: comments };
  const { reason, evidence } = shownInstead(outcome, publicFailure);
  return { reason, evidence: [...comments, ...evidence] };
}

const alsoOn = (what: string): Evidence => ({
  type: 'remark',
  message: `You lost the points on hidden inputs. ${what} the same failure.`,
});

function shownInstead(
  outcome: Pick<Outcome, 'visibility' | 'status'>,
  publicFailure: Outcome['publicFailure'],
): Pick<Outcome, 'reason' | 'evidence'> {
  const { visibility, status } = outcome;
  if (status === 'passed') return { reason: '', evidence: [] };
  if (publicFailure) {
    const { reason, evidence } = publicFailure;
    const what = evidence.length > 0 ? 'The public inputs below show' : 'Public inputs show';
    return { reason, evidence: [alsoOn(what), ...evidence] };
  }
  return {
    reason:
      visibility === 'after-due'
        ? 'What this criterion examined is shown after the due date.'
        : 'This criterion is hidden: what it examined is not shown.',
    evidence: [],
  };
}
