import { Hono } from 'hono';
import * as z from 'zod';
import { criterionOf } from '../../course/entryChecks.ts';
import { courseZones } from '../../gradebook/store/courseDeadline.ts';
import { studentCalled } from '../../gradebook/store/attemptCalled.ts';
import { addRequest, answerRequest, requestsFor } from '../../gradebook/store/requests.ts';
import { personsOf } from '../../gradebook/store/people.ts';
import { countingTeams } from '../../gradebook/store/teams.ts';
import type { Database } from '../../gradebook/store/tables.ts';
import type { Assignment } from '../../model/assignment.ts';
import { UsageError } from '../../model/errors.ts';
import { minuteOf } from '../../report/text/minuteOf.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskEnv } from '../DeskEnv.ts';
import { deskPage, linkTo } from '../frame/deskPage.ts';
import { fieldsOf } from '../frame/fieldsOf.ts';
import { shortened } from '../frame/shortened.ts';
import { readRequestRows, type RequestRow } from './readRequestRows.ts';
import { requestPage, type ShownRequest } from './requestPage.ts';

const MOST_CHARACTERS = 10_000;
const One = z.object({
  student: z.string().trim().min(1, 'name one'),
  criterion: z.string(),
  text: z.string().trim().min(1, 'say what is asked').max(MOST_CHARACTERS),
});
const Several = z.object({ file: z.instanceof(File, { message: 'choose a file' }) });
const Answer = z.object({ id: z.string(), answer: z.string().trim().min(1, 'say something').max(MOST_CHARACTERS) });

/** What students want to be looked at again, and the answers. */
export function requestRoutes(desk: Desk): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get('/', async (c) => {
    const assignment = assignmentOf(desk, c);
    const requests = await desk.book.read((db) => shownRequests(db, assignment.id));
    const body = requestPage(c, desk, assignment, requests);
    return c.html(deskPage(c, desk, { title: `${assignment.title}: requests`, assignment, place: 'requests', body }));
  });
  app.post('/', async (c) => {
    const assignment = assignmentOf(desk, c);
    await record(desk, assignment, [await fieldsOf(c, One)], c.get('session').by);
    return c.redirect(linkTo(assignment, 'requests/'), 303);
  });
  app.post('/file', async (c) => {
    const assignment = assignmentOf(desk, c);
    const { file } = await fieldsOf(c, Several);
    const rows = readRequestRows(new Uint8Array(await file.arrayBuffer()), file.name);
    await record(desk, assignment, rows, c.get('session').by);
    return c.redirect(linkTo(assignment, 'requests/'), 303);
  });
  app.post('/answer', async (c) => {
    const assignment = assignmentOf(desk, c);
    const { id, answer } = await fieldsOf(c, Answer);
    const isAnswered = await desk.book.write((db) => answerRequest(db, id, answer, c.get('session').by));
    if (!isAnswered) throw new UsageError('This request has been answered meanwhile; go back and reload the page.');
    return c.redirect(linkTo(assignment, 'requests/'), 303);
  });
  return app;
}

/** Records all of them or, if a student or a criterion is unknown, none. */
async function record({ book }: Desk, assignment: Assignment, rows: readonly RequestRow[], by: string): Promise<void> {
  await book.write(async (db) => {
    for (const { student, criterion, text } of rows) {
      if (criterion !== '') criterionOf(assignment, criterion);
      const { id } = await studentCalled(db, student, assignment.id);
      await addRequest(db, { assignment: assignment.id, student: id, criterion, text, by });
    }
  });
}

/** With the names of the students, and the team whose work counts for each. */
async function shownRequests(db: Database, assignment: string): Promise<ShownRequest[]> {
  const requests = await requestsFor(db, assignment);
  const persons = await personsOf(db, [...new Set(requests.map(({ student }) => student))], assignment);
  const nameOf = new Map(persons.map(({ id, name }) => [id, name]));
  const teams = await countingTeams(db, assignment);
  const teamOf = new Map(teams.flatMap(({ team, students }) => students.map(({ id }) => [id, team] as const)));
  const zoneOf = await courseZones(db);
  return requests.map((request) => ({
    ...request,
    shownAt: minuteOf(request.at, zoneOf(assignment)),
    name: shortened(nameOf.get(request.student) ?? ''),
    team: teamOf.get(request.student),
  }));
}
