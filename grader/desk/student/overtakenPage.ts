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
 * Answers a form that gives something. If something else was given meanwhile, by somebody else or by the same person in another
 * tab, nothing is saved: the page shows both, and asks which shall count.
 */
export async function overtakenPage(c: DeskContext, desk: Desk, give: () => Promise<Response>): Promise<Response> {
  try {
    return await give();
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    const fields = await fieldsOf(c, EntryFields);
    const assignment = assignmentOf(desk, c);
    const zoneOf = await desk.book.read(courseZones);
    const words = error.counting.by === c.get('session').by ? OWN : THEIRS;
    const body = html`<main>
      <h1>${words.title}</h1>
      <p role="alert">${words.question}</p>
      <div class="both">
        ${theirs(error.counting, zoneOf(assignment.id))} ${yours(c, fields, error.counting, words)}
      </div>
      <p><a href="" ${shortcut('K')}>${words.keep}</a></p>
    </main>`;
    return c.html(deskPage(c, desk, { title: words.title, assignment, place: 'marking', body }), 409);
  }
}

interface Words {
  readonly title: string;
  readonly question: string;
  readonly keep: string;
  readonly give: string;
}

const THEIRS: Words = {
  title: 'Somebody else was faster',
  question: 'Nothing of yours has been saved yet. Whose shall count?',
  keep: 'Keep theirs',
  give: 'Give mine',
};

const OWN: Words = {
  title: 'You have given something else meanwhile',
  question: 'It was in another tab or browser. Nothing of this form has been saved yet. Which shall count?',
  keep: 'Keep what I have given',
  give: 'Give this',
};

const theirs = ({ by, at, kind, points: given, note }: Entry, zone: string): Html =>
  html`<section>
    <h2>Of <bdi>${by}</bdi></h2>
    <p>${minuteOf(at, zone)}</p>
    <p>${kind !== 'comment' && html`<b>${points(given)} points</b>: `}<bdi class="text">${note}</bdi></p>
  </section>`;

const yours = (c: DeskContext, { seen, ...fields }: EntryFields, counting: Entry, { give }: Words): Html =>
  html`<section>
    <h2>What this form has</h2>
    <form method="post" id="mark" class="stack">
      ${formToken(c)}
      ${(['kind', 'criterion', 'file', 'line', 'attempt'] as const).map(
        (name) => html`<input type="hidden" name="${name}" value="${fields[name]}" />`,
      )}
      <input type="hidden" name="seen" value="${[...seen, counting.id].join(' ')}" />
      ${fields.kind !== 'comment' && html`<label>Points <input name="points" value="${fields.points}" /></label>`}
      <label>Reason <textarea name="note">${fields.note}</textarea></label>
      <button class="main">${give}</button>
    </form>
  </section>`;
