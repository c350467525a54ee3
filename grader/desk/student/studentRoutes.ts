import { basename, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { requirePlace } from '../../course/entryChecks.ts';
import { giveEntry } from '../../course/giveEntry.ts';
import { settledReport } from '../../course/settledReport.ts';
import type { Assignment } from '../../model/assignment.ts';
import { html } from '../../report/html/html.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskContext, DeskEnv } from '../DeskEnv.ts';
import { deskPage, linkTo } from '../frame/deskPage.ts';
import { fieldsOf } from '../frame/fieldsOf.ts';
import { savedAs } from '../frame/savedAs.ts';
import { shownNames } from '../frame/shortened.ts';
import { NotFound } from '../NotFound.ts';
import { differences } from './differences.ts';
import { EntryFields, entryOf } from './entryFields.ts';
import { commentForm } from './giveForm.ts';
import { lineNotes } from './lineNotes.ts';
import { overtakenPage } from './overtakenPage.ts';
import { sourceList } from './sourceList.ts';
import { studentPage } from './studentPage.ts';
import { filesOf, type TeamWork, teamWork } from './teamWork.ts';

/** Everything about the work of a team. */
export function studentRoutes(desk: Desk): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const workOf = (c: DeskContext, assignment: Assignment, attempt = c.req.query('attempt')) =>
    teamWork(desk, assignment, c.req.param('team') ?? '', attempt);
  app.get('/:team', async (c) => {
    const assignment = assignmentOf(desk, c);
    const work = await workOf(c, assignment);
    const report = await settledReport(desk.book, assignment, work.shown);
    const body = await studentPage(c, desk, assignment, work, report);
    return c.html(deskPage(c, desk, { title: shownNames(work), assignment, place: 'class', body }));
  });
  app.post('/:team', (c) =>
    overtakenPage(c, desk, async () => {
      const assignment = assignmentOf(desk, c);
      const fields = await fieldsOf(c, EntryFields);
      const work = await workOf(c, assignment, fields.attempt);
      const { digest } = work.shown;
      const entry = { ...entryOf(assignment, fields, c.get('session').by), digest };
      await requirePlace(desk.book, digest, entry);
      await giveEntry(desk.book, assignment, work.shown, entry, fields.seen);
      const { file, line } = entry;
      const query = `attempt=${work.shown.id}`;
      const place = file === '' ? `?${query}` : `source/?${query}&file=${encodeURIComponent(file)}#L${line || 1}`;
      return c.redirect(linkTo(assignment, `team/${work.team}/${place}`), 303);
    }),
  );
  app.get('/:team/source', async (c) => {
    const assignment = assignmentOf(desk, c);
    const work = await workOf(c, assignment);
    return c.html(await sourcePage(c, desk, assignment, work, fileNamed(c, work)));
  });
  app.get('/:team/file', async (c) => {
    const work = await workOf(c, assignmentOf(desk, c));
    const { path, text } = fileNamed(c, work);
    return savedAs(c, basename(path), 'text/plain', text);
  });
  app.get('/:team/changes', async (c) => {
    const assignment = assignmentOf(desk, c);
    const work = await workOf(c, assignment);
    const from = c.req.query('from') ?? '';
    const before = await filesBefore(desk, assignment, work, from);
    const body = html`<main>
      <h1>Changes of <bdi>${shownNames(work)}</bdi></h1>
      <p><a href="../?attempt=${work.shown.id}">Back to the report</a></p>
      ${differences(before, work.files)}
    </main>`;
    return c.html(deskPage(c, desk, { title: `${shownNames(work)}: changes`, assignment, place: 'class', body }));
  });
  return app;
}

/** @throws NotFound if the attempt has no such deliverable */
function fileNamed(c: DeskContext, { files }: TeamWork): { path: string; text: string } {
  const path = c.req.query('file') ?? '';
  const text = files.get(path);
  if (text === undefined) throw new NotFound('There is no such deliverable in this attempt.');
  return { path, text };
}

async function sourcePage(
  c: DeskContext,
  desk: Desk,
  assignment: Assignment,
  work: TeamWork,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<string> {
  const report = await settledReport(desk.book, assignment, work.shown);
  const notes = lineNotes(path, report, work.entries);
  const body = html`<main>
    <h1><code>${path}</code></h1>
    <p>
      of <bdi>${shownNames(work)}</bdi> · <a href="../?attempt=${work.shown.id}">Back to the report</a> ·
      <a href="../file?attempt=${work.shown.id}&file=${encodeURIComponent(path)}">Save the file</a>
    </p>
    ${sourceList(text, notes)} ${!desk.isReadOnly && commentForm(c, work, path)}
  </main>`;
  return deskPage(c, desk, { title: `${path}: ${shownNames(work)}`, assignment, place: 'class', body });
}

/** The files of another attempt, or those of the skeleton. */
async function filesBefore(
  desk: Desk,
  { deliverables, folders }: Assignment,
  { attempts }: TeamWork,
  from: string,
): Promise<ReadonlyMap<string, string>> {
  const attempt = attempts.find(({ id }) => id === from);
  if (attempt) return filesOf(desk, attempt.digest);
  if (from !== 'skeleton') throw new NotFound('There is no such attempt.');
  const texts = deliverables.map(async ({ path }) => {
    const text = await readFile(join(folders.skeleton, path), 'utf8').catch(() => undefined);
    return text === undefined ? [] : [[path, text] as const];
  });
  return new Map((await Promise.all(texts)).flat());
}
