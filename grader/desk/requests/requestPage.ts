import * as z from 'zod';
import type { RequestTable } from '../../gradebook/store/tables.ts';
import type { Assignment } from '../../model/assignment.ts';
import { type Html, html } from '../../report/html/html.ts';
import { count } from '../../report/text/numbers.ts';
import type { Desk } from '../Desk.ts';
import type { DeskContext } from '../DeskEnv.ts';
import { formToken, linkTo } from '../frame/deskPage.ts';
import { criterionSelect } from '../frame/criterionSelect.ts';
import { pageLinks, partOfList } from '../frame/pageLinks.ts';
import { digitOf, shortcut } from '../frame/shortcut.ts';

/** A request with whose it is. */
export interface ShownRequest extends RequestTable {
  readonly name: string;
  /** Whose work counts for the student; undefined if nothing was handed in. */
  readonly team: string | undefined;
  /** When it was recorded, to the minute, with the zone. */
  readonly shownAt: string;
}

const Page = z.coerce.number().int().positive().catch(1);
const Count = z.coerce.number().int().nonnegative().optional().catch(undefined);

/** Which requests are shown, and what was added last. */
export const RequestQuery = z.object({
  /** Of those that wait. */
  page: Page,
  /** Of those that were answered. */
  answered: Page,
  added: Count,
  /** How many the form or the file had. */
  of: Count,
});
type RequestQuery = z.infer<typeof RequestQuery>;

/** So that a page stays small. */
const PAGE = 50;

/** The requests that wait, those that were answered, and how to add some. */
export function requestPage(
  c: DeskContext,
  { isReadOnly }: Desk,
  assignment: Assignment,
  requests: readonly ShownRequest[],
  query: RequestQuery,
): Html {
  const waiting = requests.filter(({ answered }) => answered === '');
  const open = partOfList(waiting, PAGE, query.page);
  const done = requests.filter(({ answered }) => answered !== '');
  const answered = partOfList(done, PAGE, query.answered);
  return html`<main>
    <p class="over"><bdi>${assignment.title}</bdi></p>
    <h1>Requests</h1>
    ${addedLine(query)}
    <section aria-labelledby="open">
      <h2 id="open">To answer</h2>
      ${waiting.length === 0 && html`<p>None.</p>`}
      <ul class="warnings">
        ${open.shown.map((request, at) => html`<li>${asked(assignment, request)} ${!isReadOnly && answerForm(c, request, at)}</li>`)}
      </ul>
      ${pageLinks(open, (page) => `?page=${page}&answered=${answered.page}`)}
    </section>
    ${!isReadOnly && html`${newForm(c, assignment)} ${fileForm(c)}`}
    <section aria-labelledby="answered">
      <h2 id="answered">Answered</h2>
      ${done.length === 0 && html`<p>None.</p>`}
      <ul class="warnings">
        ${answered.shown.map(
          (request) =>
            html`<li>
              ${asked(assignment, request)}
              <p class="text">
                <strong><bdi>${request.answered_by}</bdi>:</strong> <bdi>${request.answer}</bdi>
              </p>
            </li>`,
        )}
      </ul>
      ${pageLinks(answered, (page) => `?page=${open.page}&answered=${page}`)}
    </section>
  </main>`;
}

function addedLine({ added, of }: RequestQuery): Html | undefined {
  if (added === undefined || of === undefined) return undefined;
  const known = of > added && `, ${of - added} known before`;
  return html`<p role="status">${count(added, 'request')} added${known}.</p>`;
}

const asked = (assignment: Assignment, { name, team, criterion, text, at, shownAt }: ShownRequest): Html =>
  html`<p>
      ${team === undefined ? html`<bdi>${name}</bdi>` : html`<a href="${linkTo(assignment, `team/${team}/`)}"><bdi>${name}</bdi></a>`}
      · ${criterion === '' ? 'the whole work' : criterion} · <time datetime="${at}">${shownAt}</time>
    </p>
    <p class="text"><bdi>${text}</bdi></p>`;

const answerForm = (c: DeskContext, { id, name }: ShownRequest, at: number): Html =>
  html`<form method="post" action="answer" class="stack">
    ${formToken(c)} <input type="hidden" name="id" value="${id}" />
    <label>Answer to ${name} <textarea name="answer" required ${digitOf(at)}></textarea></label>
    <button class="main">Answer</button>
  </form>`;

const newForm = (c: DeskContext, assignment: Assignment): Html =>
  html`<section aria-labelledby="new">
    <h2 id="new">Add a request</h2>
    <form method="post" class="stack">
      ${formToken(c)}
      <label
        >Student, by id, login, address or name <input name="student" required autocomplete="off" ${shortcut('E')}
      /></label>
      ${criterionSelect(assignment)}
      <label>What the student asks <textarea name="text" required></textarea></label>
      <button class="main">Add</button>
    </form>
  </section>`;

const fileForm = (c: DeskContext): Html =>
  html`<section aria-labelledby="several">
    <h2 id="several">Add a file of requests</h2>
    <p>A table (CSV) with the columns <code>student</code>, <code>criterion</code> and <code>text</code>.</p>
    <form method="post" action="file" enctype="multipart/form-data">
      ${formToken(c)} <label>File <input type="file" name="file" accept=".csv" required ${shortcut('F')} /></label>
      <button>Add all</button>
    </form>
  </section>`;
