import { changes, isLower } from '../../course/applyRegrading.ts';
import type { Regraded } from '../../course/regrade.ts';
import type { AppliedBatch } from '../../gradebook/store/changes.ts';
import type { Assignment } from '../../model/assignment.ts';
import { proposalSummary, scores, whose } from '../../report/gradebook/proposalForms.ts';
import { type Html, html } from '../../report/html/html.ts';
import { minuteOf } from '../../report/text/minuteOf.ts';
import { count } from '../../report/text/numbers.ts';
import { some } from '../../platforms/pendingNotes.ts';
import type { Desk } from '../Desk.ts';
import type { DeskContext } from '../DeskEnv.ts';
import { formToken, linkTo } from '../frame/deskPage.ts';
import { digitOf, shortcut, shortcutTo } from '../frame/shortcut.ts';
import { shortened } from '../frame/shortened.ts';
import type { RegradingJob } from './RegradingJob.ts';

/** What is shown beside the proposal, and of it. */
interface RegradingView {
  /** Only those with other points for it are shown; everybody if it is empty. */
  readonly criterion: string;
  /** What can be taken back. */
  readonly last: AppliedBatch | undefined;
  /** On whose clocks times are shown. */
  readonly zone: string;
}

/** The proposal, or how to get one. */
export function regradingPage(
  c: DeskContext,
  desk: Desk,
  assignment: Assignment,
  job: RegradingJob,
  { criterion, last, zone }: RegradingView,
): Html {
  const { title } = assignment;
  return html`<main>
    <p class="over"><bdi>${title}</bdi></p>
    <h1>Regrading</h1>
    <p>
      Work that was graded before the assignment or the grader changed is graded again, on the same inputs. Nothing
      changes until it is applied.
    </p>
    ${job.problem !== '' && html`<p role="alert">${job.problem}</p>`}
    ${job.isRunning && html`<p role="status" data-live="${linkTo(assignment, 'regrading/live')}">${job.progress}</p>`}
    ${!desk.isReadOnly && html`<p class="inline">${buttons(c, job)}</p>`}
    ${!desk.isReadOnly && !job.isRunning && last && undoForm(c, last, zone)}
    ${proposalSection(c, desk, assignment, job, criterion)}
  </main>`;
}

const button = (c: DeskContext, action: string, key: string, text: string): Html =>
  html`<form method="post" action="${action}">${formToken(c)} <button ${shortcut(key)}>${text}</button></form> `;

const buttons = (c: DeskContext, job: RegradingJob): Html =>
  job.isRunning ? button(c, 'stop', 'S', 'Stop') : button(c, 'start', 'S', 'Grade anew and compare');

/** It names what it takes back, so that a second press takes back nothing else. */
const undoForm = (c: DeskContext, { batch, by, at, attempts }: AppliedBatch, zone: string): Html =>
  html`<form method="post" action="undo">
    ${formToken(c)} <input type="hidden" name="batch" value="${batch}" />
    <p>
      Applied last: the new ${attempts === 1 ? 'score of 1 attempt' : `scores of ${attempts} attempts`}, on
      ${minuteOf(at, zone)} by <bdi>${by}</bdi>.
      <button ${shortcut('Z')}>Take this back</button>
    </p>
  </form>`;

function proposalSection(
  c: DeskContext,
  desk: Desk,
  { id, title }: Assignment,
  { proposed, decided }: RegradingJob,
  criterion: string,
): Html | undefined {
  if (!proposed) return undefined;
  const { attempts, changed, failed } = proposed;
  const items = changed.map(({ item }) => item);
  const criteria = [...new Set(items.flatMap((item) => item.criteria.map((each) => each.id)))].sort();
  const shown = changed.filter((each) => changes(each, criterion));
  return html`<section aria-labelledby="proposal">
    <h2 id="proposal">What would change</h2>
    <p>
      ${proposalSummary({ assignment: { id, title }, attempts, items })}${decided > 0 && `; ${count(decided, 'attempt')} decided on`}.
    </p>
    ${failed.length > 0 && html`<p role="alert">The grader failed at the work of <bdi>${some(failed)}</bdi>.</p>`}
    ${
      criteria.length > 0 &&
      html`<p>
        Show those with other points for:
        <a href="?" ${criterion === '' && html`aria-current="page"`}>anything</a>
        ${criteria.map(
          (each, at) =>
            html`<a href="?criterion=${each}" ${digitOf(at)} ${each === criterion && html`aria-current="page"`}
              >${each}</a
            > `,
        )}
      </p>`
    }
    ${shown.length > 0 && decisionForm(c, desk, shown, criterion)}
  </section>`;
}

const decisionForm = (c: DeskContext, { isReadOnly }: Desk, shown: readonly Regraded[], criterion: string): Html =>
  html`<form method="post" action="decide" class="stack">
    ${formToken(c)} <input type="hidden" name="criterion" value="${criterion}" />
    <div class="scroll" tabindex="0" role="group" aria-label="Proposal">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Students</th>
            <th scope="col">Score</th>
            <th scope="col">Criteria</th>
            <th scope="col">Because of</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(proposalRow)}
        </tbody>
      </table>
    </div>
    ${
      !isReadOnly &&
      html`<p>
        <button class="main" name="what" value="apply" ${shortcut('P')}>Apply to the chosen</button>
        <button name="what" value="keep" ${shortcut('K')}>Keep the old scores of the chosen</button>
        <button name="what" value="apply-all" ${shortcutTo('A')}>
          ${criterion === '' ? 'Apply to all who do not lose' : `Apply ${criterion} to all who do not lose`}
        </button>
      </p>`
    }
  </form>`;

/** Those who would gain are chosen: what anybody would lose is decided on one by one. */
function proposalRow(each: Regraded): Html {
  const { item, change } = each;
  return html`<tr>
    <th scope="row">
      <label
        ><input type="checkbox" name="attempt" value="${change.attempt}" ${!isLower(each) && html`checked`} />
        <bdi>${shortened(whose(item))}</bdi></label
      >
    </th>
    <td>${scores(item)} ${item.reason}</td>
    <td>${item.criteria.map(({ id, before, after }) => html`<div>${id}: ${before} → ${after}</div>`)}</td>
    <td>${item.because.join(', ')}</td>
  </tr>`;
}
