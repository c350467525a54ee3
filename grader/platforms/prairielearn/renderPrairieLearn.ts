import type { Outcome, ScoreReport } from '../../model/report.ts';
import { isPending } from '../../model/outcome.ts';
import type { Refusal } from '../../report/Refusal.ts';
import { fitted } from '../../report/student/fitted.ts';
import { outcomeMessage, outcomeName, outcomeText } from '../../report/student/outcomeText.ts';
import { studentView } from '../../report/student/studentView.ts';
import { exportedScore } from '../../report/text/exportedScore.ts';
import { printable, printableLine } from '../../report/text/printable.ts';
import { publicHiddenLine } from '../../report/text/publicHiddenLine.ts';
import { totalsLine } from '../../report/text/totals.ts';

/** "This file should be limited to 1 MB." */
const MAX_BYTES = 1_000_000;

/**
 * PrairieLearn's `results.json` (https://prairielearn.readthedocs.io/en/latest/externalGrading/, "Grading results"):
 * the score as a share of all points, from 0 to 1. If one test had no points, the points of all tests would be hidden,
 * so a pending criterion is worth 0 of 0, which is drawn in grey.
 */
export function renderPrairieLearn(report: ScoreReport): string {
  const student = studentView(report);
  const { score, outOf } = exportedScore(student.totals);
  return fitted(MAX_BYTES, (maxChars) =>
    json({
      gradable: true,
      score: outOf === 0 ? 0 : Math.min(1, score / outOf),
      message: [totalsLine(student.totals), publicHiddenLine(student.outcomes)].filter(Boolean).join('\n'),
      tests: student.outcomes.map((outcome) => testOf(outcome, maxChars)),
    }),
  );
}

/** As `renderPrairieLearn`, for a submission that cannot be graded: it does not cost an attempt. */
export const renderPrairieLearnRefusal = ({ message }: Refusal): string =>
  json({ gradable: false, format_errors: printable(message).split('\n').filter(Boolean) });

const json = (results: object): string => `${JSON.stringify(results, undefined, 2)}\n`;

function testOf(outcome: Outcome, maxChars: number): object {
  const pending = isPending(outcome.status);
  return {
    name: outcomeName(outcome),
    description: printableLine(outcome.asks),
    points: pending ? 0 : outcome.earned,
    max_points: pending ? 0 : outcome.points,
    message: outcomeMessage(outcome, maxChars),
    output: outcomeText(outcome, maxChars),
  };
}
