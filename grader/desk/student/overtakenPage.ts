import { Overtaken } from '../../course/giveEntry.ts';
import { courseZones } from '../../gradebook/store/courseDeadline.ts';
import type { Entry } from '../../gradebook/store/entries.ts';
import { type Html, html } from '../../report/html/html.ts';
import { points } from '../../report/text/numbers.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskContext } from '../DeskEnv.ts';
import { deskPage } from '../frame/deskPage.ts';
import { fieldsOf } from '../frame/fieldsOf.ts';
import { EntryFields } from './entryFields.ts';
import { formToken } from '../frame/deskPage.ts';
import { shortcut } from '../frame/shortcut.ts';
import { minuteOf } from '../../report/text/minuteOf.ts';

/**
 * Answers a form that gives something. If somebody else was faster, nothing is saved: the page shows both, and asks whose
 * shall count.
 */
export async function overtakenPage(c: DeskContext, desk: Desk, give: () => Promise<Response>): Promise<Response> {
  try {
    return await give();
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    const fields = await fieldsOf(c, EntryFields);
    const assignment = assignmentOf(desk, c);
    const zoneOf = await desk.book.read(courseZones);
    const body = html`<main>
      <h1>Somebody else was faster</h1>
      <p role="alert">Nothing of yours has been saved yet. Whose shall count?</p>
      <div class="both">${theirs(error.counting, zoneOf(assignment.id))} ${yours(c, fields, error.counting)}</div>
      <p><a href="" ${shortcut('K')}>Keep theirs</a></p>
    </main>`;
    return c.html(deskPage(c, desk, { title: 'Somebody else was faster', assignment, place: 'marking', body }), 409);
  }
}

const theirs = ({ by, at, kind, points: given, note }: Entry, zone: string): Html =>
  html`<section>
    <h2>Of <bdi>${by}</bdi></h2>
    <p>${minuteOf(at, zone)}</p>
    <p>${kind !== 'comment' && html`<b>${points(given)} points</b>: `}<bdi>${note}</bdi></p>
  </section>`;

const yours = (c: DeskContext, { seen, ...fields }: EntryFields, counting: Entry): Html =>
  html`<section>
    <h2>Yours</h2>
    <form method="post" id="mark" class="stack">
      ${formToken(c)}
      ${(['kind', 'criterion', 'file', 'line', 'attempt'] as const).map(
        (name) => html`<input type="hidden" name="${name}" value="${fields[name]}" />`,
      )}
      <input type="hidden" name="seen" value="${[...seen, counting.id].join(' ')}" />
      ${fields.kind !== 'comment' && html`<label>Points <input name="points" value="${fields.points}" /></label>`}
      <label>Reason <textarea name="note">${fields.note}</textarea></label>
      <button class="main">Give mine</button>
    </form>
  </section>`;
