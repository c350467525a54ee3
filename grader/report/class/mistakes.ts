import type { ClassMistake, ClassReport } from '../../model/classReport.ts';
import { type Html, html } from '../html/html.ts';
import { count } from '../text/numbers.ts';
import { tellingMistakes } from './groups.ts';
import { shortList } from './ids.ts';
import { foldedNames } from './people.ts';

/** Longer lists are no longer the commonest. */
const MOST_SHOWN = 20;
const MOST_NAMED = 3;

/** The commonest mistakes: who failed the same criteria, and what is known to fail exactly these. */
export function mistakeSection(report: ClassReport): Html | undefined {
  if (report.mistakes.length === 0) return undefined;
  const shown = tellingMistakes(report).slice(0, MOST_SHOWN);
  const sizeOf = (mistakes: readonly ClassMistake[]) => mistakes.reduce((sum, { rows }) => sum + rows.length, 0);
  const others = sizeOf(report.mistakes) - sizeOf(shown.map(({ mistake }) => mistake));
  return html`<section aria-labelledby="mistakes">
    <h2 id="mistakes">Commonest mistakes</h2>
    <p class="muted">
      Submissions that failed the same criteria of correctness, named by the known mistake that fails exactly these.
    </p>
    <ol class="cards">
      ${shown.map(({ mistake, group }) => mistakeCard(report, mistake, group))}
    </ol>
    ${others > 0 && html`<p class="muted">${count(others, 'more submission')} failed what few or no others did.</p>`}
  </section>`;
}

function mistakeCard(
  { criteria, rows }: ClassReport,
  { loses, known, rows: places }: ClassMistake,
  group: string,
): Html {
  return html`<li>
    <a class="times" href="#students" data-group="${group}" aria-label="${count(places.length, 'submission')}"
      >${places.length}</a
    >
    ${whatIsKnown(known)}
    <p class="id">fails ${shortList(loses, criteria)}</p>
    ${foldedNames(places.map((place) => rows[place]))}
  </li>`;
}

function whatIsKnown(known: readonly string[]): Html {
  if (known.length === 0) return html`<p class="muted">No known mistake fails exactly these.</p>`;
  if (known.length === 1) return html`<p>${known[0]}</p>`;
  const rest = known.slice(MOST_NAMED);
  return html`<p class="muted">One of these:</p>
    ${alternatives(known.slice(0, MOST_NAMED))}
    ${
      rest.length > 0 &&
      html`<details>
        <summary>or of ${rest.length} more</summary>
        ${alternatives(rest)}
      </details>`
    }`;
}

const alternatives = (known: readonly string[]): Html =>
  html`<ul class="alternatives">
    ${known.map((about) => html`<li>${about}</li>`)}
  </ul>`;
