import type { Assignment } from '../../model/assignment.ts';
import { NOT_GRADED } from '../../report/class/groups.ts';
import { type Html, html } from '../../report/html/html.ts';
import { count, points } from '../../report/text/numbers.ts';
import { linkTo } from '../frame/deskPage.ts';
import { type ClassView, waitingGroup } from './classView.ts';

/** What the grader cannot settle: work without a score, pending points by criterion, and students' requests. */
export function waitingSection(assignment: Assignment, { report, entries }: ClassView, requests: number): Html {
  const ungraded = entries.filter(({ row }) => row.status === 'ungradable' || row.status === 'grader-error').length;
  const cards = [
    ungraded > 0 && card(ungraded, `?group=${NOT_GRADED}#students`, html`<p>without a score</p>`),
    requests > 0 &&
      card(requests, linkTo(assignment, 'requests/'), html`<p>${count(requests, 'request')} to answer</p>`),
    ...report.criteria.map((criterion, at) => {
      const group = waitingGroup(at);
      const waiting = entries.filter(({ groups }) => groups.has(group));
      const isManual = waiting.some(({ row }) => row.criteria[criterion.id].status === 'manual');
      const about = html`<p><bdi>${criterion.title}</bdi></p>
        <p class="id">${criterion.id}, ${points(criterion.points)} points each</p>
        ${isManual && html`<p><a href="${linkTo(assignment, `marking/${criterion.id}/`)}">Grade by hand</a></p>`}`;
      return waiting.length > 0 && card(waiting.length, `?group=${group}#students`, about);
    }),
  ].filter((each) => each !== false);
  return html`<section aria-labelledby="waiting">
    <h2 id="waiting">Waits for a person</h2>
    ${
      cards.length === 0
        ? html`<p>Nothing.</p>`
        : html`<ul class="cards">
            ${cards}
          </ul>`
    }
  </section>`;
}

const card = (number: number, href: string, about: Html): Html =>
  html`<li><a class="times" href="${href}" aria-label="${`show these ${number}`}">${number}</a> ${about}</li>`;
