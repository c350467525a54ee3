import { countingEntries, type Entry } from '../../gradebook/store/entries.ts';
import type { Assignment } from '../../model/assignment.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { DeskContext } from '../DeskEnv.ts';
import { formToken } from '../frame/deskPage.ts';
import type { TeamWork } from './teamWork.ts';
import { criterionSelect } from '../frame/criterionSelect.ts';
import { shortcut } from '../frame/shortcut.ts';

/** What every form sends that gives something: about which attempt, and what its reader knew to count. */
export const formHead = (c: DeskContext, { shown, entries }: Pick<TeamWork, 'shown' | 'entries'>): Html =>
  html`${formToken(c)} <input type="hidden" name="attempt" value="${shown.id}" />
    <input type="hidden" name="seen" value="${seenIn(entries)}" />`;

/** The ids of the entries that count. */
const seenIn = (entries: readonly Entry[]): string =>
  countingEntries(entries)
    .map(({ id }) => id)
    .join(' ');

/** Other points for a criterion, a deduction, or a comment on the work. */
export function giveForm(c: DeskContext, assignment: Assignment, work: TeamWork): Html {
  return html`<details id="give">
    <summary ${shortcut('E')}><h2>Give points, deduct or comment</h2></summary>
    <form method="post" class="stack">
      ${formHead(c, work)}
      <label
        >What
        <select name="kind">
          <option value="comment">a comment</option>
          <option value="points">other points for a criterion</option>
          <option value="deduction">a deduction</option>
        </select>
      </label>
      ${criterionSelect(assignment)}
      <label>Points <input name="points" inputmode="decimal" autocomplete="off" /></label>
      <label>Reason or comment, which the student reads <textarea name="note"></textarea></label>
      <button class="main">Give</button>
    </form>
  </details>`;
}

/** A comment on a line of a file, or on all of it. */
export const commentForm = (c: DeskContext, work: TeamWork, file: string): Html =>
  html`<form method="post" action="../" id="comment" class="stack">
    ${formHead(c, work)} <input type="hidden" name="kind" value="comment" />
    <input type="hidden" name="file" value="${file}" />
    <label
      >Line, empty for the file; a click on a line writes it <input name="line" inputmode="numeric" ${shortcut('E')}
    /></label>
    <label>Comment; an empty one takes back your last <textarea name="note"></textarea></label>
    <button class="main">Comment</button>
  </form>`;
