import type { Outcome, ScoreReport } from '../../model/report.ts';
import { isPending } from '../../model/outcome.ts';
import type { Refusal } from '../../report/Refusal.ts';
import { fitted } from '../../report/student/fitted.ts';
import { outcomeText } from '../../report/student/outcomeText.ts';
import { studentView } from '../../report/student/studentView.ts';
import { points } from '../../report/text/numbers.ts';
import { publicHiddenLine } from '../../report/text/publicHiddenLine.ts';
import { STATUS, lostPoints, pointsOf } from '../../report/text/status.ts';
import { totalsLine } from '../../report/text/totals.ts';
import { fenced, inline } from './markdown.ts';

/** A step's summaries are refused above 1 MiB in total; a quarter leaves room for others. */
const MAX_BYTES = 256 * 1024;

/**
 * Markdown to be appended to `$GITHUB_STEP_SUMMARY`
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary): the score, the
 * rubric and, folded, why points were lost.
 */
export function renderSummary(report: ScoreReport): string {
  const student = studentView(report);
  const lost = student.outcomes.filter((outcome) => lostPoints(outcome) || isPending(outcome.status));
  return fitted(MAX_BYTES, (maxChars) =>
    [
      `## ${inline(student.assignment.title)}`,
      `**${inline(totalsLine(student.totals))}**`,
      inline(publicHiddenLine(student.outcomes)),
      rubric(student.outcomes),
      ...lost.map((outcome) => explained(outcome, maxChars)),
    ]
      .filter(Boolean)
      .map((part) => `${part}\n\n`)
      .join(''),
  );
}

/** As `renderSummary`, for a submission that cannot be graded. */
export const renderSummaryRefusal = ({ assignment, message }: Refusal): string =>
  `## ${inline(assignment.title)}\n\n**This submission cannot be graded.**\n\n${fenced(message)}\n\n`;

function rubric(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => {
    const { symbol, word } = STATUS[outcome.status];
    return `| ${inline(outcome.group)} | ${inline(outcome.title)} | ${symbol} ${word} | ${pointsOf(outcome, points)} |`;
  });
  return ['| | Criterion | Status | Points |', '|---|---|---|--:|', ...rows].join('\n');
}

function explained(outcome: Outcome, maxChars: number): string {
  const summary = `${STATUS[outcome.status].symbol} ${inline(outcome.title)}`;
  return `<details><summary>${summary}</summary>\n\n${fenced(outcomeText(outcome, maxChars))}\n\n</details>`;
}
