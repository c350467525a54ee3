import { settledReport } from '../../course/settledReport.ts';
import type { Assignment } from '../../model/assignment.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { Desk } from '../Desk.ts';
import type { DeskContext } from '../DeskEnv.ts';
import { shortcut } from '../frame/shortcut.ts';
import { shownNames } from '../frame/shortened.ts';
import { NotFound } from '../NotFound.ts';
import { commentForm } from './giveForm.ts';
import { lineNotes } from './lineNotes.ts';
import { sourceList } from './sourceList.ts';
import type { TeamWork } from './teamWork.ts';

/** A deliverable of an attempt. */
export interface Deliverable {
  readonly path: string;
  readonly text: string;
}

/**
 * The deliverable that an address names.
 *
 * @throws NotFound if the attempt has none of this path
 */
export function deliverableNamed(c: DeskContext, { files }: TeamWork): Deliverable {
  const path = c.req.query('file') ?? '';
  const text = files.get(path);
  if (text === undefined) throw new NotFound('There is no such deliverable in this attempt.');
  return { path, text };
}

/** A deliverable with what the grader and people say about its lines. */
export async function sourcePage(
  c: DeskContext,
  { book, isReadOnly }: Desk,
  assignment: Assignment,
  work: TeamWork,
  { path, text }: Deliverable,
): Promise<Html> {
  const notes = lineNotes(path, await settledReport(book, assignment, work.shown), work.entries);
  const query = `?attempt=${work.shown.id}`;
  return html`<main>
    <h1><code>${path}</code></h1>
    <p>
      of <bdi>${shownNames(work)}</bdi> · <a href="../${query}" ${shortcut('B')}>Back to the report</a> ·
      <a href="../file${query}&file=${encodeURIComponent(path)}" ${shortcut('F')}>Save the file</a>
    </p>
    ${sourceList(text, notes)} ${!isReadOnly && commentForm(c, work, path)}
  </main>`;
}
