import type { ScoreReport } from '../../model/report.ts';
import { replayCommand, REPLAY_FILE, replayFile } from '../student/replayFile.ts';
import { AFTER_DUE, BEFORE_DUE, studentView } from '../student/studentView.ts';
import { type Html, html } from './html.ts';
import { renderHtml } from './renderHtml.ts';

/** The page that the submission's student may see before the due date. */
export const renderStudentPage = (report: ScoreReport): Promise<string> => render(studentView(report, BEFORE_DUE));

/** The page that the submission's student may see when hand-in has closed. */
export const renderStudentPageAfterDue = (report: ScoreReport): Promise<string> =>
  render(studentView(report, AFTER_DUE));

function render(student: ScoreReport): Promise<string> {
  const outcomes = student.outcomes.map((outcome) => ({ ...outcome, replay: replayCommand(outcome) ?? '' }));
  return renderHtml({ ...student, outcomes }, replaySection(student));
}

/** The page contains the data that its commands need: it is often all that a student gets. */
function replaySection(student: ScoreReport): Html | undefined {
  const file = replayFile(student);
  if (file === undefined) return undefined;
  const data = Buffer.from(file).toString('base64');
  return html`<section aria-labelledby="replay">
    <h2 id="replay">On your machine</h2>
    <p>
      <a download="${REPLAY_FILE}" href="data:application/json;base64,${data}">Save the inputs of this page</a> as
      <code>${REPLAY_FILE}</code> in your handout’s folder. The commands below then run them again, on the current
      version of your functions.
    </p>
  </section>`;
}
