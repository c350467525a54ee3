import type { ClassReport, ClassRow } from '../../model/classReport.ts';
import { type Status, PendingStatus } from '../../model/outcome.ts';
import { type Html, html } from '../html/html.ts';
import { points } from '../text/numbers.ts';
import { STATUS } from '../text/status.ts';
import { foldedNames, nameOf } from './names.ts';

/**
 * What the grader cannot settle: submissions without a score or of which only a part was graded, and pending points by
 * criterion and reason.
 */
export function attentionSection({ criteria, rows }: ClassReport): Html | undefined {
  const pending = criteria.flatMap((criterion) => pendingOf(rows, criterion));
  const failed = [notGraded(rows, 'grader-error'), notGraded(rows, 'ungradable')].filter((card) => card !== undefined);
  const inPart = gradedInPart(rows);
  if (pending.length + failed.length === 0 && !inPart) return undefined;
  return html`<section aria-labelledby="attention">
    <h2 id="attention">Needs a human</h2>
    <ul class="cards">
      ${failed} ${inPart} ${pending}
    </ul>
  </section>`;
}

const TITLES = {
  'grader-error': 'The grader failed: no score, and not the student’s fault.',
  ungradable: 'Could not be graded.',
} as const;

const notGraded = (rows: readonly ClassRow[], status: keyof typeof TITLES): Html | undefined =>
  whoAndWhy(
    rows.filter((row) => row.status === status),
    TITLES[status],
    ({ message }) => message,
  );

const gradedInPart = (rows: readonly ClassRow[]): Html | undefined =>
  whoAndWhy(
    rows.filter(({ leftOut }) => leftOut !== undefined),
    'Graded in part: something could not be used.',
    ({ leftOut = [] }) => leftOut.join('; '),
  );

function whoAndWhy(those: readonly ClassRow[], title: string, whyOf: (row: ClassRow) => string): Html | undefined {
  if (those.length === 0) return undefined;
  return html`<li>
    <span class="times">${those.length}</span>
    <p>${title}</p>
    <details>
      <summary>Who and why</summary>
      <ul class="warnings">
        ${those.map((row) => html`<li>${nameOf(row)}: <bdi class="muted">${whyOf(row)}</bdi></li>`)}
      </ul>
    </details>
  </li>`;
}

/** A card for each reason why points of this criterion are pending. */
function pendingOf(rows: readonly ClassRow[], { id, title, points: worth }: ClassReport['criteria'][number]): Html[] {
  const has = (row: ClassRow, status: Status) => Object.hasOwn(row.criteria, id) && row.criteria[id].status === status;
  return PendingStatus.options.flatMap((status) => {
    const those = rows.filter((row) => has(row, status));
    if (those.length === 0) return [];
    return html`<li>
      <span class="times">${those.length}</span>
      <p>
        <bdi>${title}</bdi>
        <span class="status ${STATUS[status].tone}"
          ><span aria-hidden="true">${STATUS[status].symbol}</span> ${STATUS[status].word}</span
        >
      </p>
      <p class="id">${points(worth)} points each</p>
      ${foldedNames(those)}
    </li>`;
  });
}
