import type { ScoreReport } from '../../model/report.ts';
import type { Refusal } from '../../report/Refusal.ts';
import { exportedScore } from '../../report/text/exportedScore.ts';
import { points } from '../../report/text/numbers.ts';
import { workflowCommand } from './workflowCommand.ts';

/**
 * The two notices by which GitHub Classroom learns a score, as its own reporter prints them
 * (https://github.com/classroom-resources/autograding-grading-reporter, src/notify-classroom.js), with points to the hundredth
 * where the reporter counts whole tests.
 */
export function renderClassroom({ totals }: ScoreReport): string {
  const { score, outOf } = exportedScore(totals);
  return notices(score, outOf);
}

/** As `renderClassroom`, for a submission that cannot be graded: no points. */
export function renderClassroomRefusal({ assignment }: Refusal): string {
  const criteria = assignment.rubric.flatMap(({ criteria }) => criteria).filter(({ bonus }) => !bonus);
  return notices(
    0,
    criteria.reduce((sum, criterion) => sum + criterion.points, 0),
  );
}

const notices = (totalPoints: number, maxPoints: number): string =>
  workflowCommand('notice', { title: 'Autograding complete' }, `Points ${points(totalPoints)}/${points(maxPoints)}`) +
  workflowCommand('notice', { title: 'Autograding report' }, JSON.stringify({ totalPoints, maxPoints }));
