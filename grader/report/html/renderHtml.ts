import type { ScoreReport } from '../../model/report.ts';
import { groupsOf } from '../text/totals.ts';
import { criterionSection } from './criterion.ts';
import { filesSection } from './files.ts';
import { footer } from './footer.ts';
import { type Html, html } from './html.ts';
import { lostSection } from './lost.ts';
import { page } from './page.ts';
import { rubricTable } from './rubric.ts';
import { scoreHeader } from './score.ts';
import { warningSection } from './warnings.ts';

/**
 * The report as one self-contained HTML page: no script, nothing loaded from elsewhere, dark and light, printable. The
 * vega libraries are loaded only if the report has something to plot.
 *
 * @param aside - put between the rubric and its criteria
 */
export async function renderHtml(report: ScoreReport, aside?: Html): Promise<string> {
  return page(
    `${report.submission.name}: ${report.assignment.title}`,
    html`${scoreHeader(report)}
      <main>${await reportBody(report, aside)}</main>
      ${footer(report)}`,
  );
}

/**
 * What a report says, without whose it is and how it was made.
 *
 * @param aside - put between the rubric and its criteria
 */
export async function reportBody(report: ScoreReport, aside?: Html): Promise<Html> {
  const groups = await Promise.all(
    groupsOf(report).map(async ({ group, outcomes }) => ({
      group,
      criteria: await Promise.all(outcomes.map(criterionSection)),
    })),
  );
  return html`${filesSection(report)} ${lostSection(report)} ${rubricTable(report)} ${aside}
  ${groups.map(
    ({ group, criteria }) =>
      html`<section class="group">
        <h2><bdi>${group}</bdi></h2>
        ${criteria}
      </section>`,
  )}
  ${warningSection(report)}`;
}
