import type { ScoreReport, Totals } from '../../model/report.ts';
import { points } from '../text/numbers.ts';
import { publicHiddenLine } from '../text/publicHiddenLine.ts';
import { lateText, notExamined, pendingPoints, totalsLine } from '../text/totals.ts';
import { type Html, html } from './html.ts';

/** What a reader wants first: whose submission it is, the score, and how final it is. */
export function scoreHeader(report: ScoreReport): Html {
  const { assignment, submission, grading, totals, environment } = report;
  return html`<header>
    <p class="over">${assignment.id} · version ${assignment.version}</p>
    <h1>${assignment.title}</h1>
    <p class="whose">
      <bdi>${submission.name}</bdi> <time datetime="${grading.startedAt}">${date(grading.startedAt)}</time>
    </p>
    <div class="score">
      <p class="big"><b>${points(totals.earned)}</b> <span>of ${points(totals.possible)}</span></p>
      ${totals.bonus > 0 && html`<p class="bonus">+${points(totals.bonus)} bonus</p>`}
    </div>
    ${bar(totals)}
    <p class="parts">${publicHiddenLine(report.outcomes)}</p>
    ${totals.awarded && html`<p class="notice"><strong>Bonus.</strong> ${points(totals.awarded.points)} by the class as a whole: ${totals.awarded.note}</p>`}
    ${totals.deducted && html`<p class="notice"><strong>Deducted.</strong> ${points(totals.deducted.points)} by ${totals.deducted.by}: ${totals.deducted.note}</p>`}
    ${totals.late && html`<p class="notice"><strong>Late.</strong> Due ${date(totals.late.dueAt)}, handed in ${date(totals.late.handedInAt)}; ${lateText(totals.late)}.</p>`}
    ${totals.provisional && html`<p class="notice"><strong>Provisional.</strong> ${totalsLine(totals)}. Pending points are not in the score yet.</p>`}
    ${grading.only.length > 0 && html`<p class="notice"><strong>Only some criteria were graded:</strong> ${grading.only.join(', ')}.</p>`}
    ${
      environment.isolation.tier === 'reduced' &&
      html`<p class="notice loud">
        <strong>Isolation was reduced</strong> on this machine:
        ${environment.isolation.means.join(', ') || 'process split only'}.
      </p>`
    }
  </header>`;
}

/** All points of the rubric as one bar: earned, lost, pending, not examined. */
function bar(totals: Totals): Html {
  const parts: [kind: string, value: number][] = [
    ['earned', totals.earned],
    ['lost', totals.possible - totals.earned],
    ['pending', pendingPoints(totals)],
    ['left', notExamined(totals)],
  ];
  const shown = parts.filter(([, value]) => value > 0);
  const names: Record<string, string> = { left: 'not examined' };
  return html`<div
      class="bar"
      role="img"
      aria-label="${shown.map(([kind, value]) => `${points(value)} ${names[kind] ?? kind}`).join(', ')}"
    >
      ${shown.map(([kind, value]) => html`<span class="${kind}" style="flex-grow:${value}"></span>`)}
    </div>
    <ul class="key" aria-hidden="true">
      ${shown.map(([kind, value]) => html`<li class="${kind}">${points(value)} ${names[kind] ?? kind}</li>`)}
    </ul>`;
}

const date = (iso: string): string => iso.replace('T', ' ').replace(/(:\d\d)(:\d\d)?(\.\d+)?Z$/, '$1 UTC');
