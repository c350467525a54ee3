import type { Similarity } from '../../model/similarity.ts';
import { type Html, html } from '../html/html.ts';
import { page } from '../html/page.ts';
import { count } from '../text/numbers.ts';
import { clusterSection } from './clusters.ts';
import { deliverableSection, leftOutSection, unreadSection } from './deliverables.ts';
import { pairSection } from './pairs.ts';
import { standingText } from './standingText.ts';
import { SIMILARITY_STYLE } from './similarityStyle.ts';

/**
 * Which submissions of a class are alike, as one self-contained page for teaching assistants: what it does not mean first,
 * then groups, pairs side by side, and what could not be compared. It has no script and loads nothing from elsewhere.
 */
export function similarityHtml(found: Similarity): string {
  const { assignment, grader } = found;
  return page(
    `${assignment.title}: similar submissions`,
    html`${header(found)}
      <main>
        ${clusterSection(found)} ${pairSection(found)} ${leftOutSection(found)} ${deliverableSection(found)}
        ${unreadSection(found)} ${METHOD}
      </main>
      <footer>
        <p>${assignment.id} version ${assignment.version} · grader ${grader}</p>
      </footer>`,
    { style: SIMILARITY_STYLE },
  );
}

function header({ assignment, groups, pairs, more }: Similarity): Html {
  const [own, ...corpora] = groups;
  const standing = pairs.filter(({ standsOut }) => standsOut).length + more;
  return html`<header>
    <p class="over"><bdi>${assignment.id}</bdi> · version ${assignment.version} · similar submissions</p>
    <h1><bdi>${assignment.title}</bdi></h1>
    <p class="whose">
      <bdi>${own.name}</bdi> ${count(own.works, 'submission')}${corpora.map(
        ({ name, works }) => html` · compared also with <bdi>${name}</bdi> (${works})`,
      )}
    </p>
    <p class="lead"><b>${capital(standingText(standing))}</b></p>
    <p class="notice loud">
      <strong>This page accuses nobody.</strong> Code is alike for many reasons: the same lecture, the same book, help
      that was allowed, an earlier attempt of the same student, chance. A number is a reason to read both submissions,
      and never a reason for a verdict. Read them, and ask the students, before you conclude anything.
    </p>
    <p class="notice">For those who grade only: do not show this page or its numbers to students.</p>
  </header>`;
}

const METHOD = html`<section aria-labelledby="method">
  <h2 id="method">What the numbers mean</h2>
  <p>
    The similarity of two files is the share of their code that both have, from 0 to 100 %: twice what they have in
    common, divided by what both have together. If that is more, it is the share of the longer file that is anywhere in
    the other submission: parts of it may have moved into another file. The code is compared in a form without names,
    types, comments and the kinds of loops, in which neither the order of functions nor that of independent statements
    matters. The skeleton, the given library and what more than half of the class has do not count; if that is most of a
    file, it counts beside an earlier class or a public solution that has it. A pair stands out from 65 % in one file
    on; independent right solutions are less alike.
  </p>
</section>`;

const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);
