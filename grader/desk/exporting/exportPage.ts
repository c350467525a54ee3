import type { Assignment } from '../../model/assignment.ts';
import type { FilledWorksheet } from '../../platforms/moodle/fillMoodle.ts';
import { type Html, html } from '../../report/html/html.ts';
import { count } from '../../report/text/numbers.ts';
import type { Desk } from '../Desk.ts';
import type { DeskContext } from '../DeskEnv.ts';
import { formToken } from '../frame/deskPage.ts';
import { digitOf, shortcut, shortcutTo } from '../frame/shortcut.ts';
import { shortened } from '../frame/shortened.ts';
import type { Exported, Published } from './exported.ts';

const [PREVIEWED, MOST_CHARACTERS] = [12, 1000];

/** What each platform would get, what would be missing in it, and the files. */
export function exportPage(c: DeskContext, desk: Desk, { title }: Assignment, exported: Exported | string): Html {
  const head = html`<p class="over"><bdi>${title}</bdi></p>
    <h1>Export</h1>`;
  if (typeof exported === 'string')
    return html`<main>
      ${head}
      <p>There is nothing to export: ${exported}.</p>
    </main>`;
  const { table, notes, published, previews } = exported;
  return html`<main>
    ${head}
    <p>
      ${count(table.rows.length, 'student')}, each with the attempt that counts. What platforms take of one submission
      (Gradescope, PrairieLearn, Autolab, GitHub) is on the page of the student.
    </p>
    ${
      notes.length > 0 &&
      html`<section aria-labelledby="missing">
        <h2 id="missing">What the numbers do not show</h2>
        <ul>
          ${notes.map((note) => html`<li><bdi>${shortened(note, MOST_CHARACTERS)}</bdi></li>`)}
        </ul>
      </section>`
    }
    ${previews.map(preview)} ${!desk.isReadOnly && html`${moodleForm(c)} ${publishForm(c, published)}`}
  </main>`;
}

const preview = ({ format, file, text }: Exported['previews'][number], at: number): Html =>
  html`<section aria-labelledby="${format}">
    <h2 id="${format}">${format}</h2>
    <p><a href="${format}" ${digitOf(at)}>Save ${file}</a></p>
    ${beginning(file, text)}
  </section>`;

function beginning(file: string, text: string): Html {
  const lines = text.trimEnd().split('\n');
  const more = lines.length - PREVIEWED;
  return html`<pre class="preview" tabindex="0" role="group" aria-label="${`The beginning of ${file}`}">
${lines
        .slice(0, PREVIEWED)
        .map((line) => shortened(line, MOST_CHARACTERS))
        .join('\n')}</pre>
    ${more > 0 && html`<p class="muted">and ${count(more, 'more row')}</p>`}`;
}

/** A worksheet with the grades, and who is missing in it. */
export function worksheetPage(name: string, { text, unmatched }: FilledWorksheet): Html {
  const data = Buffer.from(text).toString('base64');
  return html`<main>
    <h1>The worksheet for Moodle</h1>
    ${unmatched.length > 0 && html`<p role="alert">Not in the worksheet, and left out: <bdi>${shortened(unmatched.join(', '), MOST_CHARACTERS)}</bdi></p>`}
    <p>
      <a download="${name}" ${shortcut('F')} href="data:text/csv;base64,${data}">Save <bdi>${name}</bdi></a>
    </p>
    ${beginning(name, text)}
    <p><a href="./" ${shortcut('B')}>Back to the other exports</a></p>
  </main>`;
}

const moodleForm = (c: DeskContext): Html =>
  html`<section aria-labelledby="moodle">
    <h2 id="moodle">moodle</h2>
    <form method="post" action="moodle" enctype="multipart/form-data" class="stack">
      ${formToken(c)}
      <label
        >The grading worksheet, as Moodle has saved it
        <input type="file" name="worksheet" accept=".csv" required ${shortcut('F')}
      /></label>
      <label>The name of its column of grades, if it is not "Grade" <input name="column" autocomplete="off" /></label>
      <button>Save it with the grades</button>
    </form>
  </section>`;

const publishedLine = ({ at, by, superseded }: Published): Html => {
  const others = superseded === 1 ? '1 student has another score now' : `${superseded} students have another score now`;
  return html`<p role="status">
    Published on ${at} by <bdi>${by}</bdi>; ${superseded === 0 ? 'these are the scores now' : others}.
  </p>`;
};

const publishForm = (c: DeskContext, published: Published | undefined): Html =>
  html`<section aria-labelledby="publish">
    <h2 id="publish">Publish</h2>
    <p>
      When the students know their scores, record it: from then on, grading again replaces no result unless a regrading
      is applied. Points that people give, later work and other due dates still change a score.
    </p>
    ${published && publishedLine(published)}
    <form method="post" action="publish">
      ${formToken(c)} <button ${shortcutTo('P')}>The students know these scores</button>
    </form>
  </section>`;
