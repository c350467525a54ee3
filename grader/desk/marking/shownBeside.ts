import { settledReport } from '../../course/settledReport.ts';
import { isComment } from '../../model/evidence.ts';
import { evidenceSection } from '../../report/html/evidence.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { Desk } from '../Desk.ts';
import type { TeamWork } from '../student/teamWork.ts';
import type { Marking } from './markingPages.ts';

/** What the grader found for the criterion, or shows a person who grades it; undefined if there is nothing. */
export async function shownBeside(
  { book }: Pick<Desk, 'book'>,
  { assignment, criterion }: Marking,
  { shown }: TeamWork,
): Promise<Html | undefined> {
  const report = await settledReport(book, assignment, shown);
  const evidence = report?.outcomes.find(({ id }) => id === criterion.id)?.evidence.filter((each) => !isComment(each));
  if (!evidence?.length) return undefined;
  return html`<section>
    <h2>What the grader shows</h2>
    ${await Promise.all(evidence.map(evidenceSection))}
  </section>`;
}
