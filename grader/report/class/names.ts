import type { ClassRow } from '../../model/classReport.ts';
import { hasGraderError } from '../../model/outcome.ts';
import { asFailed, asItIs } from '../besideFull.ts';
import { type Html, html } from '../html/html.ts';

/** A submission's name, as a link to its score report if it has one. */
export function nameOf({ name, folder, criteria }: ClassRow): Html {
  const named = hasGraderError(Object.values(criteria)) ? asFailed : asItIs;
  const whose = html`<bdi>${name}</bdi>`;
  return folder === undefined
    ? whose
    : html`<a href="${encodeURIComponent(folder)}/${named('report.html')}">${whose}</a>`;
}

/** The names of a group, folded away. */
export const foldedNames = (rows: readonly ClassRow[]): Html =>
  html`<details class="names">
    <summary>Who</summary>
    <ul class="people">
      ${rows.map((row) => html`<li>${nameOf(row)}</li>`)}
    </ul>
  </details>`;

/** How a page leads to the submissions of a group, and names them. */
export interface GroupLinks {
  /** The attributes of a link to them. */
  readonly linkTo: (group: string) => Html;
  readonly namesOf: (rows: readonly ClassRow[]) => Html | undefined;
}

/** In the page’s own table, which its script filters. */
export const IN_TABLE: GroupLinks = {
  linkTo: (group) => html`href="#students" data-group="${group}"`,
  namesOf: foldedNames,
};
