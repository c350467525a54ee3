import type { Outcome, ScoreReport } from '../../model/report.ts';
import type { Refusal } from '../../report/Refusal.ts';
import { outcomeMessage, shortened } from '../../report/student/outcomeText.ts';
import { studentView } from '../../report/student/studentView.ts';
import { points } from '../../report/text/numbers.ts';
import { printableLine } from '../../report/text/printable.ts';
import { lostPoints } from '../../report/text/status.ts';
import { totalsLine } from '../../report/text/totals.ts';
import { workflowCommand } from './workflowCommand.ts';

/** GitHub shows this many annotations of each kind for a step, and silently drops the others. */
const MOST = 10;
const MAX_MESSAGE = 1000;

/**
 * Workflow commands, to be printed in a step of GitHub Actions: the score as a notice, lost points as errors, the type
 * checker's messages as warnings next to the line
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
export function renderAnnotations(report: ScoreReport): string {
  const student = studentView(report);
  return [
    workflowCommand('notice', { title: 'Score' }, totalsLine(student.totals)),
    ...atMost(student.outcomes.filter(lostPoints), lost, (left) =>
      workflowCommand('error', { title: 'Points lost' }, `${left} more criteria lost points.`),
    ),
    ...atMost(
      student.warnings,
      ({ path, line, message }) =>
        workflowCommand('warning', { file: path, line, title: 'Type checker' }, shortened(message, MAX_MESSAGE)),
      (left) => workflowCommand('warning', { title: 'Type checker' }, `${left} more warnings.`),
    ),
  ].join('');
}

/** As `renderAnnotations`, for a submission that cannot be graded: one error. */
export const renderAnnotationsRefusal = ({ message }: Refusal): string =>
  workflowCommand('error', { title: 'Cannot be graded' }, shortened(message, MAX_MESSAGE));

function lost(outcome: Outcome): string {
  const title = `${printableLine(outcome.title)} (${points(outcome.earned)} of ${points(outcome.points)})`;
  return workflowCommand('error', { title }, outcomeMessage(outcome, MAX_MESSAGE));
}

function atMost<T>(items: readonly T[], one: (item: T) => string, others: (left: number) => string): string[] {
  if (items.length <= MOST) return items.map(one);
  return [...items.slice(0, MOST - 1).map(one), others(items.length - MOST + 1)];
}
