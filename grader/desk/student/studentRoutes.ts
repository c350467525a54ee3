import { basename } from 'node:path';
import { Hono } from 'hono';
import { requirePlace } from '../../course/entryChecks.ts';
import { giveEntry } from '../../course/giveEntry.ts';
import { settledReport } from '../../course/settledReport.ts';
import type { Assignment } from '../../model/assignment.ts';
import type { Html } from '../../report/html/html.ts';
import { reportFormat } from '../../platforms/formats.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskContext, DeskEnv } from '../DeskEnv.ts';
import { deskPage, linkTo } from '../frame/deskPage.ts';
import { fieldsOf } from '../frame/fieldsOf.ts';
import { savedAs } from '../frame/savedAs.ts';
import { shownNames } from '../frame/shortened.ts';
import { NotFound } from '../NotFound.ts';
import { changesPage } from './changesPage.ts';
import { EntryFields, entryOf } from './entryFields.ts';
import { overtakenPage } from './overtakenPage.ts';
import { deliverableNamed, sourcePage } from './sourcePage.ts';
import { studentPage } from './studentPage.ts';
import { type TeamWork, teamWork } from './teamWork.ts';

/** Everything about the work of a team. */
export function studentRoutes(desk: Desk): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const show = async (c: DeskContext, make: (assignment: Assignment, work: TeamWork) => Promise<Html>) => {
    const assignment = assignmentOf(desk, c);
    const work = await teamWork(desk, assignment, c.req.param('team') ?? '', c.req.query('attempt'));
    const body = await make(assignment, work);
    return c.html(deskPage(c, desk, { title: shownNames(work), assignment, place: 'class', body }));
  };
  app.get('/:team', (c) =>
    show(c, async (assignment, work) => {
      const report = await settledReport(desk.book, assignment, work.shown);
      return studentPage(c, desk, assignment, work, report);
    }),
  );
  app.post('/:team', (c) => overtakenPage(c, desk, () => give(c, desk, c.req.param('team'))));
  app.get('/:team/source', (c) =>
    show(c, (assignment, work) => sourcePage(c, desk, assignment, work, deliverableNamed(c, work))),
  );
  app.get('/:team/changes', (c) =>
    show(c, (assignment, work) => changesPage(desk, assignment, work, c.req.query('from') ?? '')),
  );
  app.get('/:team/file', async (c) => {
    const work = await teamWork(desk, assignmentOf(desk, c), c.req.param('team'), c.req.query('attempt'));
    const { path, text } = deliverableNamed(c, work);
    return savedAs(c, basename(path), 'text/plain', text);
  });
  app.get('/:team/export/:format', async (c) => {
    const format = reportFormat(c.req.param('format'));
    if (!format) throw new NotFound('There is no such format.');
    const assignment = assignmentOf(desk, c);
    const { shown } = await teamWork(desk, assignment, c.req.param('team'), c.req.query('attempt'));
    const report = await settledReport(desk.book, assignment, shown);
    if (!report) throw new NotFound('This attempt has no score.');
    return savedAs(c, format.file, 'application/octet-stream', await format.render(report));
  });
  return app;
}

/** Gives what a form has, and leads back to the page that it is about. */
async function give(c: DeskContext, desk: Desk, team: string): Promise<Response> {
  const assignment = assignmentOf(desk, c);
  const fields = await fieldsOf(c, EntryFields);
  const { shown } = await teamWork(desk, assignment, team, fields.attempt);
  const entry = { ...entryOf(assignment, fields, c.get('session').by), digest: shown.digest };
  await requirePlace(desk.book, shown.digest, entry);
  await giveEntry(desk.book, assignment, shown, entry, fields.seen);
  const { file, line } = entry;
  const query = `?attempt=${shown.id}`;
  const place = file === '' ? query : `source/${query}&file=${encodeURIComponent(file)}#L${line || 1}`;
  return c.redirect(linkTo(assignment, `team/${team}/${place}`), 303);
}
