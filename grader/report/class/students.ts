import type { ClassReport, ClassRow } from '../../model/classReport.ts';
import { type Html, html } from '../html/html.ts';
import { points } from '../text/numbers.ts';
import { lateText, pendingPoints } from '../text/totals.ts';
import { filterGroups, IN_PART, isLost, LATE, lostGroup, NEEDS_HUMAN, NOT_GRADED, tellingMistakes } from './groups.ts';
import { shortList } from './shortList.ts';
import { nameOf } from './names.ts';

/** Every student in a row; the filter form is shown only if scripts run. */
export function studentSection(report: ClassReport): Html {
  const groups = filterGroups(report);
  return html`<section id="students" aria-labelledby="everybody">
    <h2 id="everybody">All students</h2>
    ${filterForm(report)}
    <div class="scroll" tabindex="0" role="group" aria-label="All students">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" class="number">Points</th>
            <th scope="col" class="number">Pending</th>
            <th scope="col">Lost</th>
            <th scope="col">Remarks</th>
          </tr>
        </thead>
        <tbody>
          ${report.rows.map((row, place) => studentRow(report, row, groups[place]))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function studentRow(report: ClassReport, row: ClassRow, groups: readonly string[]): Html {
  const { name, id, isLate, message, leftOut = [], totals, countsInstead } = row;
  const pending = totals && pendingPoints(totals);
  const lost = report.criteria.filter((criterion) => isLost(row, criterion)).map((criterion) => criterion.id);
  const late = isLate && (totals?.late ? lateText(totals.late) : 'late');
  const bonus = totals && totals.bonus > 0 && ` +${points(totals.bonus)}`;
  return html`<tr data-groups="${groups.join(' ')}">
    <th scope="row" class="who">${nameOf(row)}${id !== name && html` <bdi class="id">${id}</bdi>`}</th>
    <td class="number" data-value="${totals?.earned}">
      ${totals && html`<b>${points(totals.earned)}</b> / ${points(totals.possible)}${bonus}`}
    </td>
    <td class="number" data-value="${pending}">${pending !== undefined && pending > 0 && points(pending)}</td>
    <td class="lost">${shortList(lost, report.criteria)}</td>
    <td>
      ${late}${isLate && message !== '' && '; '}<bdi>${message}</bdi>
      ${countsInstead !== undefined && html`<bdi>${countsInstead}</bdi> counts instead`}
      ${leftOut.length > 0 && leftOutDetails(leftOut)}
    </td>
  </tr>`;
}

/** Why a submission was graded only in part, folded away. */
export const leftOutDetails = (reasons: readonly string[]): Html =>
  html`<details>
    <summary>graded in part</summary>
    <ul class="warnings">
      ${reasons.map((reason) => html`<li><bdi>${reason}</bdi></li>`)}
    </ul>
  </details>`;

function filterForm(report: ClassReport): Html {
  const { criteria } = report;
  const mistakes = tellingMistakes(report);
  const option = (value: string, text: string) => html`<option value="${value}">${text}</option>`;
  return html`<form id="filter" hidden>
    <label>Search <input name="words" type="search" autocomplete="off" /></label>
    <label
      >Group
      <select name="group">
        ${option('', 'all students')} ${option(NEEDS_HUMAN, 'needs a human')} ${option(NOT_GRADED, 'not graded')}
        ${option(IN_PART, 'graded in part')} ${option(LATE, 'late')}
        <optgroup label="Lost points of">${criteria.map(({ id }, at) => option(lostGroup(at), id))}</optgroup>
        ${
          mistakes.length > 0 &&
          html`<optgroup label="Failed exactly">
            ${mistakes.map(({ mistake, group }) => option(group, shortList(mistake.loses, criteria)))}
          </optgroup>`
        }
      </select>
    </label>
    <button type="reset">Show all</button>
    <output id="shown"></output>
  </form>`;
}
