import { median } from '../../common/median.ts';
import type { ClassReport } from '../../model/classReport.ts';
import { type Html, html } from '../html/html.ts';
import { count, points } from '../text/numbers.ts';
import { scoresOf } from '../text/scoresOf.ts';

/** What a reader wants first: the number of submissions, and the median. */
export function classHeader(report: ClassReport): Html {
  const { assignment, rows, only } = report;
  const scores = scoresOf(rows);
  const absent = rows.filter(({ status }) => status === 'absent').length;
  const handedIn = rows.length - absent;
  const inPart = rows.filter(({ leftOut }) => leftOut !== undefined).length;
  const late = rows.filter(({ isLate }) => isLate).length;
  const facts = [
    `${count(handedIn, 'submission')}`,
    `${scores.length} graded${inPart > 0 ? `, ${inPart} in part` : ''}`,
    handedIn > scores.length && `${handedIn - scores.length} not`,
    absent > 0 && `${count(absent, 'student')} handed in nothing`,
    late > 0 && `${late} late`,
  ].filter((fact) => fact !== false);
  return html`<header>
    <p class="over"><bdi>${assignment.id}</bdi> · version ${assignment.version} · the class</p>
    <h1><bdi>${assignment.title}</bdi></h1>
    <p class="whose">${facts.join(' · ')}</p>
    ${
      scores.length > 0 &&
      html`<div class="score">
        <p class="big">
          <b>${points(median(scores))}</b> <span>point${median(scores) === 1 ? '' : 's'} (median)</span>
        </p>
      </div>`
    }
    ${only.length > 0 && html`<p class="notice"><strong>Only some criteria were graded:</strong> ${only.join(', ')}.</p>`}
  </header>`;
}
