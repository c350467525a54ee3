import { type Assignment, criteriaOf } from '../../model/assignment.ts';
import { type Html, html } from '../../report/html/html.ts';

/** The field that says what a form is about: a criterion, or the whole work. */
export const criterionSelect = (assignment: Assignment): Html =>
  html`<label
    >About
    <select name="criterion">
      <option value="">the whole work</option>
      ${criteriaOf(assignment).map(({ id, title }) => html`<option value="${id}">${title} (${id})</option>`)}
    </select>
  </label>`;
