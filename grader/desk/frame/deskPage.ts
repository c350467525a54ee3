import type { Assignment } from '../../model/assignment.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { Desk } from '../Desk.ts';
import type { DeskContext } from '../DeskEnv.ts';
import { document } from './document.ts';
import { shortcut, shortcutTo } from './shortcut.ts';

/** The pages of an assignment, in the order of the bar, each with its key. */
const PLACES = [
  ['class', '', 'Class', 'C'],
  ['marking', 'marking/', 'Grading', 'G'],
  ['requests', 'requests/', 'Requests', 'Q'],
  ['regrading', 'regrading/', 'Regrading', 'R'],
  ['export', 'export/', 'Export', 'X'],
] as const;

/** What a page of the desk shows. */
interface DeskPage {
  readonly title: string;
  /** Undefined for the pages of the whole course. */
  readonly assignment: Pick<Assignment, 'id'> | undefined;
  /** Its place in the bar. */
  readonly place: (typeof PLACES)[number][0] | 'course' | 'machine';
  readonly body: Html;
}

/** A page with the bar of the desk. */
export function deskPage(c: DeskContext, desk: Desk, { title, assignment, place, body }: DeskPage): string {
  const current = (name: string) => name === place && html`aria-current="page"`;
  return document(
    title,
    html`<a class="skip" href="#main">Skip to the page</a>
      <nav aria-label="The desk">
        <a href="/" ${current('course')} ${shortcut('O')}>Course</a>
        ${
          assignment &&
          PLACES.map(
            ([name, path, text, key]) =>
              html`<a href="${linkTo(assignment, path)}" ${current(name)} ${shortcut(key)}>${text}</a> `,
          )
        }
        <a href="/machine/" ${current('machine')} ${shortcut('M')}>Machine</a>
        <form method="post" action="/sign-out" class="who">
          ${formToken(c)} ${desk.isReadOnly ? 'only shows' : html`as <bdi>${c.get('session').by}</bdi>`}
          <button ${shortcutTo('L')}>Sign out</button>
        </form>
      </nav>
      <div id="main" tabindex="-1">${body}</div>`,
  );
}

/** The address of a page of an assignment. */
export const linkTo = ({ id }: Pick<Assignment, 'id'>, path = ''): string => `/a/${encodeURIComponent(id)}/${path}`;

/** The hidden fields that every form needs. */
export const formToken = (c: DeskContext): Html =>
  html`<input type="hidden" name="token" value="${c.get('session').formToken}" />`;
