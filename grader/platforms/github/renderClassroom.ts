import { worthOf } from '../../common/round.ts';
import type { ScoreReport } from '../../model/report.ts';
import type { Refusal } from '../../report/Refusal.ts';
import { exportedScore } from '../../report/text/exportedScore.ts';
import { points } from '../../report/text/numbers.ts';
import { workflowCommand } from './workflowCommand.ts';

/**
 * The two notices from which GitHub Classroom reads a score, as its own reporter prints them
 * (https://github.com/classroom-resources/autograding-grading-reporter, src/notify-classroom.js), except that points
 * are given to the hundredth and the reporter counts whole tests.
 */
export function renderClassroom({ totals }: ScoreReport): string {
  const { score, outOf } = exportedScore(totals);
  return notices(score, outOf);
}

/** As `renderClassroom`, for a submission that cannot be graded: no points. */
export function renderClassroomRefusal({ assignment }: Refusal): string {
  const criteria = assignment.rubric.flatMap(({ criteria }) => criteria).filter(({ bonus }) => !bonus);
  return notices(0, worthOf(criteria));
}

const notices = (totalPoints: number, maxPoints: number): string =>
  workflowCommand('notice', { title: 'Autograding complete' }, `Points ${points(totalPoints)}/${points(maxPoints)}`) +
  workflowCommand('notice', { title: 'Autograding report' }, JSON.stringify({ totalPoints, maxPoints }));
