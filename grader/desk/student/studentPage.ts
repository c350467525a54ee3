import { courseZones, type ZoneOf } from '../../gradebook/store/courseDeadline.ts';
import { historyOf } from '../../gradebook/store/history.ts';
import type { Attempt } from '../../gradebook/store/attempts.ts';
import { shownPerson } from '../../gradebook/store/attemptCalled.ts';
import type { Assignment } from '../../model/assignment.ts';
import type { ScoreReport } from '../../model/report.ts';
import { REPORT_FORMAT_NAMES } from '../../platforms/formats.ts';
import { type Html, html } from '../../report/html/html.ts';
import { reportBody } from '../../report/html/renderHtml.ts';
import { points } from '../../report/text/numbers.ts';
import { totalsLine } from '../../report/text/totals.ts';
import type { Desk } from '../Desk.ts';
import type { DeskContext } from '../DeskEnv.ts';
import { linkTo } from '../frame/deskPage.ts';
import { digitOf, shortcut } from '../frame/shortcut.ts';
import { shortened, shownNames } from '../frame/shortened.ts';
import { giveForm } from './giveForm.ts';
import type { TeamWork } from './teamWork.ts';
import { minuteOf } from '../../report/text/minuteOf.ts';

/** A team: its attempts, the report of one, and what happened to the work. */
export async function studentPage(
  c: DeskContext,
  desk: Desk,
  assignment: Assignment,
  work: TeamWork,
  report: ScoreReport | undefined,
): Promise<Html> {
  const { shown, students } = work;
  const zoneOf = await desk.book.read(courseZones);
  return html`<header>
      <p class="over"><bdi>${assignment.title}</bdi></p>
      <h1><bdi>${shownNames(work)}</bdi></h1>
      <p class="whose">${students.map((each) => html`<bdi>${shortened(shownPerson(each))}</bdi> `)}</p>
      <p>
        ${report ? html`Score <b>${totalsLine(report.totals)}</b>` : html`No score: <bdi>${shortened(shown.reason || shown.state, MOST_CHARACTERS)}</bdi>`}
      </p>
    </header>
    <main>
      ${attemptTable(assignment, work, zoneOf(assignment.id))} ${sourceLinks(work)}
      ${!desk.isReadOnly && giveForm(c, assignment, work)} ${report && (await reportBody(report))}
      ${report && exportLinks(work)} ${await historySection(desk, work, zoneOf)}
    </main>`;
}

function attemptTable(assignment: Assignment, work: TeamWork, zone: string): Html {
  return html`<section aria-labelledby="attempts">
    <h2 id="attempts">Attempts</h2>
    <div class="scroll" tabindex="0" role="group" aria-label="Attempts">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Attempt</th>
            <th scope="col">Handed in</th>
            <th scope="col">From</th>
            <th scope="col" class="number">Score</th>
            <th scope="col">Remarks</th>
            <th scope="col">Changes</th>
          </tr>
        </thead>
        <tbody>
          ${work.attempts.map((_, at) => attemptRow(assignment, work, at, zone))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function attemptRow(
  assignment: Assignment,
  { team, attempts, counting, shown }: TeamWork,
  at: number,
  zone: string,
): Html {
  const attempt = attempts[at];
  const changes = `${linkTo(assignment, `team/${team}/changes/`)}?attempt=${attempt.id}`;
  const place = at - attempts.indexOf(shown);
  const keyed = (key: string) => place === 0 && shortcut(key);
  return html`<tr>
    <th scope="row">
      <a
        href="?attempt=${attempt.id}"
        ${place === 0 && html`aria-current="page"`}
        ${place === -1 && shortcut('ArrowLeft')}
        ${place === 1 && shortcut('ArrowRight')}
        >${at + 1}</a
      >
    </th>
    <td>${dateOf(attempt, zone)}</td>
    <td><bdi>${shortened(attempt.source)}</bdi></td>
    <td class="number">
      ${attempt.score >= 0 ? `${points(attempt.score)} of ${points(attempt.out_of)}` : attempt.state}
    </td>
    <td>${attempt.id === counting.id && 'counts'}${attempt.late_seconds > 0 && ' late'}</td>
    <td>
      ${at > 0 && html`<a href="${changes}&from=${attempts[at - 1].id}" ${keyed('D')}>since ${at}</a>, `}
      <a href="${changes}&from=skeleton" ${keyed('K')}>since the skeleton</a>
    </td>
  </tr>`;
}

const dateOf = ({ received, recorded }: Attempt, zone: string): string =>
  minuteOf(received === '' ? recorded : received, zone);

const sourceLinks = ({ shown, files }: TeamWork): Html =>
  html`<section aria-labelledby="files">
    <h2 id="files">Deliverables</h2>
    ${files.size === 0 && html`<p>None could be read.</p>`}
    <ul>
      ${[...files.keys()].map(
        (path, at) =>
          html`<li>
            <a href="source/?attempt=${shown.id}&file=${encodeURIComponent(path)}" ${digitOf(at)}
              ><code>${path}</code></a
            >
          </li>`,
      )}
    </ul>
  </section>`;

/** What platforms take of a single submission. */
const exportLinks = ({ shown }: TeamWork): Html =>
  html`<section aria-labelledby="formats">
    <h2 id="formats">Save the report</h2>
    <p>${REPORT_FORMAT_NAMES.map((format) => html`<a href="export/${format}?attempt=${shown.id}">${format}</a> `)}</p>
  </section>`;

const MOST_CHARACTERS = 1000;

async function historySection({ book }: Desk, { students }: TeamWork, zoneOf: ZoneOf): Promise<Html> {
  const histories = await Promise.all(students.map(({ id }) => book.read((db) => historyOf(db, id))));
  const lines = histories
    .flat()
    .map(({ at, assignment, what, detail, by }) => ({
      at,
      time: minuteOf(at, zoneOf(assignment)),
      text: shortened(`${assignment} ${what}: ${detail}`, MOST_CHARACTERS),
      by,
    }))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const seen = new Map(lines.map((line) => [`${line.at} ${line.text}`, line]));
  return html`<section aria-labelledby="history">
    <h2 id="history">History</h2>
    <ol class="warnings">
      ${[...seen.values()].map(
        ({ at, time, text, by }) =>
          html`<li>
            <time datetime="${at}">${time}</time>
            <bdi>${text}</bdi>${by !== '' && html`, by <bdi>${by}</bdi>`}
          </li>`,
      )}
    </ol>
  </section>`;
}
