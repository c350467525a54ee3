import { type Assignment, type Criterion, criteriaOf } from '../../model/assignment.ts';
import { type Html, html } from '../../report/html/html.ts';
import { points } from '../../report/text/numbers.ts';
import type { DeskContext } from '../DeskEnv.ts';
import { linkTo } from '../frame/deskPage.ts';
import { pageLinks, partOfList } from '../frame/pageLinks.ts';
import { digitOf, shortcut } from '../frame/shortcut.ts';
import { shortened } from '../frame/shortened.ts';
import { formHead } from '../student/giveForm.ts';
import type { TeamWork } from '../student/teamWork.ts';
import { type MarkedTeam, type MarkingList, nextWaiting } from './MarkingList.ts';

/** Which criterion is graded, and how. */
export interface Marking {
  readonly assignment: Assignment;
  readonly criterion: Criterion;
  readonly isAnonymous: boolean;
}

/** The address of the list, or of one team in it. */
export function markingLink({ assignment, criterion, isAnonymous }: Marking, team = '', page = 1): string {
  const query = new URLSearchParams({
    ...(isAnonymous && { anonymous: '1' }),
    ...(page > 1 && { page: String(page) }),
  });
  const path = `marking/${criterion.id}/${team === '' ? '' : `${team}/`}`;
  return `${linkTo(assignment, path)}${query.size > 0 ? `?${query.toString()}` : ''}`;
}

/** So that the list of a large class stays a small page. */
const PAGE = 500;

/** Everybody with the points of one criterion, and where to begin. */
export function listPage(marking: Marking, { teams }: MarkingList, wanted: number): Html {
  const part = partOfList(teams, PAGE, wanted);
  const { assignment, criterion, isAnonymous } = marking;
  const waiting = teams.filter(({ given }) => !given);
  const other = { ...marking, isAnonymous: !isAnonymous };
  return html`<main>
    <p class="over"><bdi>${assignment.title}</bdi></p>
    <h1><bdi>${criterion.title}</bdi></h1>
    <p>${criterion.asks} ${points(criterion.points)} points.</p>
    <p role="status">${teams.length - waiting.length} of ${teams.length} graded by hand.</p>
    <p>
      ${waiting[0] && html`<a href="${markingLink(marking, waiting[0].team)}" autofocus ${shortcut('N')}>Grade the first that waits</a> · `}
      <a href="${markingLink(other)}" ${shortcut('A')}>${isAnonymous ? 'with names' : 'without names'}</a>
    </p>
    ${criterionLinks(marking)}
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Whose</th>
          <th scope="col" class="number">Points</th>
          <th scope="col">Why</th>
          <th scope="col">By</th>
        </tr>
      </thead>
      <tbody>
        ${part.shown.map((each, at) => listRow(marking, each, at))}
      </tbody>
    </table>
    ${pageLinks(part, (page) => markingLink(marking, '', page))}
  </main>`;
}

const listRow = (marking: Marking, { team, shown, given }: MarkedTeam, at: number): Html =>
  html`<tr>
    <th scope="row">
      <a href="${markingLink(marking, team)}" ${digitOf(at)}><bdi>${shown}</bdi></a>
    </th>
    <td class="number">${given && points(given.points)}</td>
    <td>${given && html`<bdi>${shortened(given.note)}</bdi>`}</td>
    <td>${given && html`<bdi>${given.by}</bdi>`}</td>
  </tr>`;

const criterionLinks = (marking: Marking): Html =>
  html`<details>
    <summary ${shortcut('F')}>Other criteria</summary>
    <ul>
      ${criteriaOf(marking.assignment).map(
        (criterion) =>
          html`<li>
            <a href="${markingLink({ ...marking, criterion })}"><bdi>${criterion.title}</bdi></a>
            ${criterion.kind === 'manual' && '(by hand)'}
          </li>`,
      )}
    </ul>
  </details>`;

const MOST_CHARACTERS = 100_000;

/** What is on a page beside the work. */
interface Surroundings {
  readonly isReadOnly: boolean;
  /** What the grader shows. */
  readonly beside: Html | undefined;
}

/** The work of one team for one criterion, and the form with its points. */
export function workPage(
  c: DeskContext,
  marking: Marking,
  list: MarkingList,
  work: TeamWork,
  { isReadOnly, beside }: Surroundings,
): Html {
  const { assignment, criterion, isAnonymous } = marking;
  const at = list.teams.findIndex(({ team }) => team === work.team);
  const marked = list.teams[at];
  return html`<main>
    <p class="over">
      <a href="${markingLink(marking)}" ${shortcut('B')}><bdi>${criterion.title}</bdi></a
      >, ${at + 1} of ${list.teams.length}
    </p>
    <h1><bdi>${marked?.shown}</bdi></h1>
    <p>${criterion.asks}</p>
    ${!isReadOnly && markForm(c, marking, list, work, marked)} ${neighbours(marking, list, at)} ${beside}
    ${criterion.examines.length === 0 && html`<p>Nothing of it is handed in here.</p>`}
    ${criterion.examines.map((path) => fileSection(path, work.files.get(path)))}
    ${!isAnonymous && html`<p><a href="${linkTo(assignment, `team/${work.team}/`)}" ${shortcut('E')}>Everything of this student</a></p>`}
  </main>`;
}

const fileSection = (path: string, text: string | undefined): Html =>
  html`<section>
    <h2><code>${path}</code></h2>
    ${
      text === undefined
        ? html`<p>It was not handed in, or could not be read.</p>`
        : html`<pre class="work" tabindex="0" role="group" aria-label="${path}">${text.slice(0, MOST_CHARACTERS)}</pre>
            ${text.length > MOST_CHARACTERS && html`<p>The file is longer.</p>`}`
    }
  </section>`;

function markForm(
  c: DeskContext,
  { criterion }: Marking,
  { remarks }: MarkingList,
  work: TeamWork,
  marked: MarkedTeam | undefined,
): Html {
  const given = marked?.given;
  return html`<form method="post" id="mark" class="stack">
    ${formHead(c, work)} <input type="hidden" name="kind" value="points" />
    <input type="hidden" name="criterion" value="${criterion.id}" />
    ${given && html`<p><b>${points(given.points)}</b> by <bdi>${given.by}</bdi>: <bdi class="text">${given.note}</bdi></p>`}
    <label
      >Points of ${points(criterion.points)}
      <input
        name="points"
        inputmode="decimal"
        autocomplete="off"
        required
        autofocus
        value="${given && points(given.points)}"
      />
    </label>
    <label>Why, which the student reads <textarea name="note" required>${given?.note}</textarea></label>
    ${
      remarks.length > 0 &&
      html`<ul class="remarks" aria-label="Given before">
        ${remarks.map(
          (note, at) =>
            html`<li>
              <button type="button" data-note="${note}" ${shortcut(String(at + 1))}>
                <kbd>Alt ${at + 1}</kbd> ${note}
              </button>
            </li>`,
        )}
      </ul>`
    }
    <p><button class="main">Give, and next</button> <kbd>Ctrl Enter</kbd></p>
  </form>`;
}

function neighbours(marking: Marking, { teams }: MarkingList, at: number): Html {
  const [before, after] = [teams[at - 1], teams[at + 1]];
  const waiting = nextWaiting(teams, teams[at]?.team ?? '');
  return html`<p>
    ${before && html`<a rel="prev" href="${markingLink(marking, before.team)}" ${shortcut('ArrowLeft')}>Previous</a> <kbd>Alt ←</kbd> · `}
    ${after && html`<a rel="next" href="${markingLink(marking, after.team)}" ${shortcut('ArrowRight')}>Next</a> <kbd>Alt →</kbd> · `}
    ${waiting && html`<a href="${markingLink(marking, waiting.team)}" ${shortcut('N')}>Next that waits</a>`}
  </p>`;
}
