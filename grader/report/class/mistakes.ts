import type { ClassMistake, ClassReport } from '../../model/classReport.ts';
import { type Html, html } from '../html/html.ts';
import { count } from '../text/numbers.ts';
import { tellingMistakes } from './groups.ts';
import { shortList } from './shortList.ts';
import { type GroupLinks, IN_TABLE } from './names.ts';

/** In a longer list the commonest mistakes would not stand out. */
const MOST_SHOWN = 20;
const MOST_NAMED = 3;

/**
 * The commonest mistakes: who failed the same criteria, the likely cause, and the known mistakes that fail exactly
 * these.
 */
export function mistakeSection(report: ClassReport, links = IN_TABLE): Html | undefined {
  if (report.mistakes.length === 0) return undefined;
  const shown = tellingMistakes(report).slice(0, MOST_SHOWN);
  const sizeOf = (mistakes: readonly ClassMistake[]) => mistakes.reduce((sum, { rows }) => sum + rows.length, 0);
  const others = sizeOf(report.mistakes) - sizeOf(shown.map(({ mistake }) => mistake));
  return html`<section aria-labelledby="mistakes">
    <h2 id="mistakes">Commonest mistakes</h2>
    <p class="muted">
      Submissions that failed the same criteria of correctness, named by the likely cause, or else by the known mistake
      that fails exactly these.
    </p>
    <ol class="cards">
      ${shown.map(({ mistake, group }) => mistakeCard(report, mistake, group, links))}
    </ol>
    ${others > 0 && html`<p class="muted">${count(others, 'more submission')} failed combinations of criteria that few or no others failed.</p>`}
  </section>`;
}

function mistakeCard(
  { criteria, rows }: ClassReport,
  mistake: ClassMistake,
  group: string,
  { linkTo, namesOf }: GroupLinks,
): Html {
  const { loses, causes, known, rows: places } = mistake;
  return html`<li>
    <a class="times" ${linkTo(group)} aria-label="${count(places.length, 'submission')}">${places.length}</a>
    ${causes.length > 0 ? likelyCauses(mistake) : knownMistakes(known)}
    <p class="id">fails ${shortList(loses, criteria)}</p>
    ${
      causes.length > 0 &&
      known.length > 0 &&
      html`<details>
        <summary>Known to fail exactly these</summary>
        ${listOf(known)}
      </details>`
    }
    ${namesOf(places.map((place) => rows[place]))}
  </li>`;
}

/** What the counterexamples point to; with numbers if it is not the same for all. */
function likelyCauses({ causes, rows }: ClassMistake): Html {
  const [first] = causes;
  if (causes.length === 1 && first.rows === rows.length) return html`<p>${first.cause}</p>`;
  return html`<p class="muted">Likely causes:</p>
    ${listOf(causes.map((each) => `${each.cause} (${each.rows})`))}`;
}

function knownMistakes(known: readonly string[]): Html {
  if (known.length === 0) return html`<p class="muted">No known mistake fails exactly these.</p>`;
  if (known.length === 1) return html`<p>${known[0]}</p>`;
  const rest = known.slice(MOST_NAMED);
  return html`<p class="muted">One of these:</p>
    ${listOf(known.slice(0, MOST_NAMED))}
    ${
      rest.length > 0 &&
      html`<details>
        <summary>or of ${rest.length} more</summary>
        ${listOf(rest)}
      </details>`
    }`;
}

const listOf = (texts: readonly string[]): Html =>
  html`<ul class="alternatives">
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;
