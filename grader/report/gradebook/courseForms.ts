import stringWidth from 'string-width';
import type { CourseHead, CourseRow } from '../../model/course.ts';
import { controlsEscaped } from '../json/controlsEscaped.ts';
import { csv, csvForExcel } from '../text/csv.ts';
import { points } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { cut } from '../text/wrap.ts';
import { html } from '../html/html.ts';
import { page } from '../html/page.ts';
import { idsText, standingText } from './standing.ts';

/** A form of a course's gradebook that is written while it is read: a course may be larger than the memory. */
export interface CourseForm {
  begin(head: CourseHead): string;
  rows(rows: readonly CourseRow[], head: CourseHead): string;
  end(): string;
}

const totalName = ({ isWeighted }: CourseHead): string => (isWeighted ? 'total %' : 'total');

/**
 * A row per student; for each assignment the score, how late it is, what is pending, why there is no score, and the published
 * score; empty if there is none.
 */
export const courseCsv: CourseForm = {
  begin(head) {
    const columns = head.columns.flatMap(({ id, outOf }) => [
      `${id} (${outOf})`,
      `${id} late`,
      `${id} pending`,
      `${id} state`,
      `${id} published`,
    ]);
    const sections = head.hasSections ? ['section', 'team'] : [];
    return csvForExcel([['name', 'ids', 'email', ...sections, ...columns, totalName(head)]]);
  },
  rows: (rows, { hasSections }) =>
    csv(
      rows.map((row) => [
        ...[row.student.name, Object.values(row.student.ids).join(' '), row.student.email ?? ''],
        ...(hasSections ? [row.section, row.team] : []),
        ...row.standings.flatMap(({ score, isLate, pending, state, reason, published }) => [
          ...[score ?? '', isLate ? 'late' : '', pending, reason === '' ? state : `${state}: ${reason}`],
          published ?? '',
        ]),
        row.total,
      ]),
    ),
  end: () => '',
};

/** One JSON document. */
export function courseJson(): CourseForm {
  let isFirst = true;
  return {
    begin: ({ columns, isWeighted }) =>
      `{"schema":"im2grade/gradebook","version":1,"assignments":${JSON.stringify(columns)},"isWeighted":${isWeighted},"students":[`,
    rows: (rows) =>
      rows
        .map(({ student: { id: _, ...student }, section, team, standings, total }) => {
          const enrolment = { ...(section && { section }), ...(team && { team }) };
          const comma = isFirst ? '\n' : ',\n';
          isFirst = false;
          return comma + controlsEscaped(JSON.stringify({ ...student, ...enrolment, assignments: standings, total }));
        })
        .join(''),
    end: () => '\n]}\n',
  };
}

const [NAME, IDS, SECTION, SCORE] = [28, 18, 12, 20];

/** A table of fixed columns. */
export const courseText: CourseForm = {
  begin: (head) => `${line(['name', 'ids', head.hasSections ? 'section' : undefined], namesOf(head), head)}\n`,
  rows: (rows, head) =>
    rows
      .map(
        (row) =>
          `${line(
            [row.student.name, idsText(row), head.hasSections ? row.section : undefined],
            [...row.standings.map(standingText), points(row.total)],
            head,
          )}\n`,
      )
      .join(''),
  end: () => '',
};

const namesOf = (head: CourseHead): string[] => [
  ...head.columns.map(({ id, outOf }) => `${id} (${points(outOf)})`),
  totalName(head),
];

/** Names are cut if they are long; scores, and the names of assignments, are not. */
function line(
  [name, ids, section]: readonly [name: string, ids: string, section: string | undefined],
  cells: readonly string[],
  head: CourseHead,
): string {
  const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - stringWidth(text)));
  const fitted = (text: string, width: number) => padded(cut(printableLine(text), width), width);
  const widths = namesOf(head).map((title) => Math.max(SCORE, stringWidth(title)));
  const who = [fitted(name, NAME), fitted(ids, IDS), ...(section === undefined ? [] : [fitted(section, SECTION)])];
  return [...who, ...cells.map((cell, at) => padded(printableLine(cell), widths[at]))].join('  ').trimEnd();
}

const MARK = '<!-- rows -->';

/** A page with one table. */
export function coursePage(): CourseForm {
  let after = '';
  return {
    begin(head) {
      const body = html`<h1>Gradebook</h1>
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Ids</th>
              ${head.hasSections && html`<th scope="col">Section</th>`}
              ${head.columns.map(({ title, outOf }) => html`<th scope="col" class="number"><bdi>${title}</bdi> (${points(outOf)})</th>`)}
              <th scope="col" class="number">${head.isWeighted ? 'Total (%)' : 'Total'}</th>
            </tr>
          </thead>
          <tbody>
            ${MARK}
          </tbody>
        </table>`;
      const [before, rest] = page('Gradebook', body).split('&lt;!-- rows --&gt;');
      after = rest;
      return before;
    },
    rows: (rows, { hasSections }) =>
      rows
        .map((row) => {
          const { markup } = html`<tr>
            <th scope="row"><bdi>${row.student.name}</bdi></th>
            <td>${idsText(row)}</td>
            ${hasSections && html`<td><bdi>${row.section}</bdi></td>`}
            ${row.standings.map((each) => html`<td class="number" title="${each.reason}">${standingText(each)}</td>`)}
            <td class="number">${points(row.total)}</td>
          </tr>`;
          return `${markup.replaceAll(/\n\s+/g, '')}\n`;
        })
        .join(''),
    end: () => after,
  };
}
