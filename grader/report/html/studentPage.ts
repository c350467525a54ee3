import type { ScoreReport } from '../../model/report.ts';
import { replayCommand, REPLAY_FILE, replayFile } from '../student/replayFile.ts';
import { AFTER_DUE, BEFORE_DUE, studentView } from '../student/studentView.ts';
import { type Html, html } from './html.ts';
import { renderHtml } from './renderHtml.ts';

/**
 * The page that the submission's student may see before the due date.
 *
 * @param pseudonym - theirs on the leaderboard, if there is one
 */
export const renderStudentPage = (report: ScoreReport, pseudonym?: string): Promise<string> =>
  render(studentView(report, BEFORE_DUE), pseudonym);

/** The page that the submission's student may see when hand-in has closed; the same otherwise. */
export const renderStudentPageAfterDue = (report: ScoreReport, pseudonym?: string): Promise<string> =>
  render(studentView(report, AFTER_DUE), pseudonym);

function render(student: ScoreReport, pseudonym: string | undefined): Promise<string> {
  const outcomes = student.outcomes.map((outcome) => ({ ...outcome, replay: replayCommand(outcome) ?? '' }));
  const onBoard = pseudonym === undefined ? undefined : pseudonymSection(pseudonym);
  return renderHtml({ ...student, outcomes }, html`${onBoard} ${replaySection(student)}`);
}

const pseudonymSection = (pseudonym: string): Html =>
  html`<section aria-labelledby="leaderboard">
    <h2 id="leaderboard">On the leaderboard</h2>
    <p>Your work is called <strong>${pseudonym}</strong> there. No other student is shown that it is yours.</p>
  </section>`;

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
