import { Hono } from 'hono';
import * as z from 'zod';
import { giveEntry } from '../../course/giveEntry.ts';
import { criteriaOf } from '../../model/assignment.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskContext, DeskEnv } from '../DeskEnv.ts';
import { deskPage } from '../frame/deskPage.ts';
import { fieldsOf } from '../frame/fieldsOf.ts';
import { NotFound } from '../NotFound.ts';
import { EntryFields, entryOf } from '../student/entryFields.ts';
import { overtakenPage } from '../student/overtakenPage.ts';
import { teamWork } from '../student/teamWork.ts';
import { markingList, nextWaiting } from './MarkingList.ts';
import { listPage, type Marking, markingLink, workPage } from './markingPages.ts';
import { shownBeside } from './shownBeside.ts';

const Page = z.coerce.number().int().positive().catch(1);

/** Grading one criterion of everybody, one after another. */
export function markingRoutes(desk: Desk): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const show = (c: DeskContext, { assignment, criterion }: Marking, body: Parameters<typeof deskPage>[2]['body']) =>
    c.html(deskPage(c, desk, { title: `Grading: ${criterion.title}`, assignment, place: 'marking', body }));
  app.get('/', (c) => {
    const assignment = assignmentOf(desk, c);
    const criteria = criteriaOf(assignment);
    const criterion = criteria.find(({ kind }) => kind === 'manual') ?? criteria[0];
    return c.redirect(markingLink({ assignment, criterion, isAnonymous: false }), 303);
  });
  app.get('/:criterion', async (c) => {
    const marking = markingOf(desk, c);
    return show(c, marking, listPage(marking, await listOf(desk, marking), Page.parse(c.req.query('page'))));
  });
  app.get('/:criterion/:team', async (c) => {
    const marking = markingOf(desk, c);
    const list = await listOf(desk, marking);
    const work = await teamWork(desk, marking.assignment, c.req.param('team'));
    const beside = await shownBeside(desk, marking, work);
    return show(c, marking, workPage(c, marking, list, work, { isReadOnly: desk.isReadOnly, beside }));
  });
  app.post('/:criterion/:team', (c) =>
    overtakenPage(c, desk, async () => {
      const marking = markingOf(desk, c);
      const fields = await fieldsOf(c, EntryFields);
      const { team, shown } = await teamWork(desk, marking.assignment, c.req.param('team'), fields.attempt);
      const entry = { ...entryOf(marking.assignment, fields, c.get('session').by), digest: shown.digest };
      await giveEntry(desk.book, marking.assignment, shown, entry, fields.seen);
      const { teams } = await listOf(desk, marking);
      return c.redirect(markingLink(marking, nextWaiting(teams, team)?.team), 303);
    }),
  );
  return app;
}

const listOf = (desk: Desk, { assignment, criterion, isAnonymous }: Marking) =>
  markingList(desk, assignment, criterion, isAnonymous);

/** @throws NotFound if there is no such criterion */
function markingOf(desk: Desk, c: DeskContext): Marking {
  const assignment = assignmentOf(desk, c);
  const criterion = criteriaOf(assignment).find(({ id }) => id === c.req.param('criterion'));
  if (!criterion) throw new NotFound('There is no such criterion.');
  return { assignment, criterion, isAnonymous: c.req.query('anonymous') === '1' };
}
