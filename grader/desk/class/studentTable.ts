import type { Assignment } from '../../model/assignment.ts';
import type { ClassRow } from '../../model/classReport.ts';
import {
  isLost,
  IN_PART,
  LATE,
  lostGroup,
  NEEDS_HUMAN,
  NOT_GRADED,
  tellingMistakes,
} from '../../report/class/groups.ts';
import { shortList } from '../../report/class/shortList.ts';
import { leftOutDetails } from '../../report/class/students.ts';
import { type Html, html } from '../../report/html/html.ts';
import { points } from '../../report/text/numbers.ts';
import { lateText, pendingPoints } from '../../report/text/totals.ts';
import { linkTo } from '../frame/deskPage.ts';
import { pageLinks } from '../frame/pageLinks.ts';
import { digitOf, shortcut } from '../frame/shortcut.ts';
import { type ClassQuery, partOf } from './ClassQuery.ts';
import { type ClassEntry, type ClassView, waitingGroup } from './classView.ts';

/** Everybody, with a search; the server filters and sorts, so that a page has only the rows that it shows. */
export function studentTable(assignment: Assignment, view: ClassView, query: ClassQuery): Html {
  const part = partOf(view.entries, query);
  return html`<section id="students" aria-labelledby="everybody">
    <h2 id="everybody">Students</h2>
    ${filterForm(view, query)}
    <div id="rows">
      <p role="status">${part.found} of ${view.entries.length} students</p>
      <div class="scroll" tabindex="0" role="group" aria-label="Students">
        <table class="plain">
          <thead>
            <tr>
              ${COLUMNS.map((column) => (column[0] !== 'section' || view.hasSections) && head(column, query))}
              <th scope="col">Lost</th>
              <th scope="col">Remarks</th>
            </tr>
          </thead>
          <tbody>
            ${part.shown.map((entry, at) => tableRow(assignment, view, entry, at))}
          </tbody>
        </table>
      </div>
      ${pageLinks(part, (page) => linkWith(query, { page }))}
    </div>
  </section>`;
}

const COLUMNS = [
  ['name', 'Name', 'ascending'],
  ['section', 'Section', 'ascending'],
  ['points', 'Points', 'descending'],
  ['pending', 'Pending', 'descending'],
  ['attempts', 'Attempts', 'descending'],
] as const;

function head([name, text, first]: (typeof COLUMNS)[number], query: ClassQuery): Html {
  const by = { ascending: name, descending: `-${name}` };
  const order = query.sort === by.ascending ? 'ascending' : query.sort === by.descending ? 'descending' : undefined;
  const next = order === undefined ? first : order === 'ascending' ? 'descending' : 'ascending';
  return html`<th scope="col" class="${first === 'descending' && 'number'}" ${order && html`aria-sort="${order}"`}>
    <a href="${linkWith(query, { sort: by[next], page: 1 })}">${text}</a>
  </th>`;
}

/** A link to this table with something else in its query. */
function linkWith(query: ClassQuery, change: Partial<ClassQuery>): string {
  const fields = Object.entries({ ...query, ...change }).filter(([, value]) => value !== '' && value !== 1);
  return `?${new URLSearchParams(fields.map(([name, value]) => [name, String(value)])).toString()}#students`;
}

/**
 * The name of a row, which leads to the page of its team.
 *
 * @param key - of the keyboard, which leads there as well
 */
export function linkedName(assignment: Assignment, { name, folder }: ClassRow, key?: Html): Html {
  const whose = html`<bdi>${name}</bdi>`;
  return folder === undefined ? whose : html`<a href="${linkTo(assignment, `team/${folder}/`)}" ${key}>${whose}</a>`;
}

function tableRow(
  assignment: Assignment,
  { report, hasSections }: ClassView,
  { row, section, attempts }: ClassEntry,
  at: number,
): Html {
  const { id, isLate, message, leftOut = [], totals } = row;
  const lost = report.criteria.filter((criterion) => isLost(row, criterion)).map((criterion) => criterion.id);
  const late = isLate && (totals?.late ? lateText(totals.late) : 'late');
  const pending = totals ? pendingPoints(totals) : 0;
  const bonus = totals && totals.bonus > 0 && ` +${points(totals.bonus)}`;
  return html`<tr>
    <th scope="row" class="who">
      ${linkedName(assignment, row, digitOf(at))} ${id !== '' && html`<bdi class="id">${id}</bdi>`}
    </th>
    ${hasSections && html`<td><bdi>${section}</bdi></td>`}
    <td class="number">${totals && html`<b>${points(totals.earned)}</b> / ${points(totals.possible)}${bonus}`}</td>
    <td class="number">${pending > 0 && points(pending)}</td>
    <td class="number">${attempts > 0 && attempts}</td>
    <td class="lost">${shortList(lost, report.criteria)}</td>
    <td>
      ${late}${isLate && message !== '' && '; '}<bdi>${message}</bdi> ${leftOut.length > 0 && leftOutDetails(leftOut)}
    </td>
  </tr>`;
}

function filterForm({ report, entries, hasSections }: ClassView, query: ClassQuery): Html {
  const { criteria } = report;
  const option = (value: string, text: string, chosen: string) =>
    html`<option value="${value}" ${value === chosen && html`selected`}>${text}</option>`;
  const group = (value: string, text: string) => option(value, text, query.group);
  const sections = [...new Set(entries.map(({ section }) => section))].filter(Boolean).sort();
  return html`<form id="filter" method="get" action="#students">
    <input type="hidden" name="sort" value="${query.sort}" />
    <label
      >Search <input name="words" type="search" autocomplete="off" ${shortcut('S')} value="${query.words}"
    /></label>
    <label
      >Group
      <select name="group" ${shortcut('F')}>
        ${group('', 'all students')} ${group(NEEDS_HUMAN, 'waits for a person')} ${group(NOT_GRADED, 'not graded')}
        ${group(IN_PART, 'graded in part')} ${group(LATE, 'late')}
        <optgroup label="Lost points of">${criteria.map(({ id }, at) => group(lostGroup(at), id))}</optgroup>
        <optgroup label="Pending points of">${criteria.map(({ id }, at) => group(waitingGroup(at), id))}</optgroup>
        <optgroup label="Failed exactly">
          ${tellingMistakes(report).map(({ mistake, group: value }) => group(value, shortList(mistake.loses, criteria)))}
        </optgroup>
      </select>
    </label>
    ${
      hasSections &&
      html`<label
        >Section
        <select name="section">
          ${option('', 'all sections', query.section)} ${sections.map((each) => option(each, each, query.section))}
        </select>
      </label>`
    }
    <button>Show</button>
  </form>`;
}
