import type { ClassReport, ClassRow } from '../../model/classReport.ts';
import { type Html, html } from '../html/html.ts';
import { page } from '../html/page.ts';
import { count, points } from '../text/numbers.ts';
import { lateText } from '../text/totals.ts';

/** A class's scores as one page with one table; each name leads to its score report. */
export function classHtml(report: ClassReport): string {
  const { assignment, rows } = report;
  return page(
    `${assignment.title}: the class`,
    html`<header>
        <p class="over"><bdi>${assignment.title}</bdi></p>
        <h1>${count(rows.length, 'submission')}</h1>
      </header>
      <main class="scroll">
        <table class="rubric">
          <caption>
            ${captionOf(report)}
          </caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Id</th>
              <th scope="col">Remarks</th>
              <th scope="col" class="number">Earned</th>
              <th scope="col" class="number">Pending</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(rowOf)}
          </tbody>
        </table>
      </main>`,
  );
}

function captionOf({ rows, grader, seed, assignment }: ClassReport): string {
  const graded = rows.filter(({ status }) => status === 'graded').length;
  return `${graded} graded, ${rows.length - graded} not; ${assignment.id} version ${assignment.version}, grader ${grader}, seed ${seed}`;
}

function rowOf(row: ClassRow): Html {
  const { name, id, isLate, message, totals, folder } = row;
  const remarks = [totals?.late ? lateText(totals.late) : isLate ? 'late' : '', message]
    .filter((part) => part !== '')
    .join('; ');
  const pending = totals?.pending.reduce((sum, each) => sum + each.points, 0) ?? 0;
  const whose = html`<bdi>${name}</bdi>`;
  return html`<tr>
    <td>${folder === undefined ? whose : html`<a href="${encodeURIComponent(folder)}/report.html">${whose}</a>`}</td>
    <td><bdi>${id === name ? '' : id}</bdi></td>
    <td><bdi>${remarks}</bdi></td>
    <td class="number">${totals && `${points(totals.earned)} / ${points(totals.possible)}`}</td>
    <td class="number">${pending > 0 && points(pending)}</td>
  </tr>`;
}
