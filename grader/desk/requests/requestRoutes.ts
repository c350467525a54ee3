import { Hono } from 'hono';
import * as z from 'zod';
import { foldedText } from '../../common/foldedText.ts';
import { criterionOf } from '../../course/entryChecks.ts';
import { courseZones } from '../../gradebook/store/courseDeadline.ts';
import { studentCalled } from '../../gradebook/store/attemptCalled.ts';
import { addRequest, answerRequest, requestsFor } from '../../gradebook/store/requests.ts';
import { personsOf } from '../../gradebook/store/people.ts';
import { countingTeams } from '../../gradebook/store/teams.ts';
import type { Database } from '../../gradebook/store/tables.ts';
import { type Assignment, criteriaOf } from '../../model/assignment.ts';
import { UsageError } from '../../model/errors.ts';
import { minuteOf } from '../../report/text/minuteOf.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskEnv } from '../DeskEnv.ts';
import { deskPage, linkTo } from '../frame/deskPage.ts';
import { fieldsOf } from '../frame/fieldsOf.ts';
import { shortened } from '../frame/shortened.ts';
import { MOST_CHARACTERS, readRequestRows, type RequestRow } from './readRequestRows.ts';
import { requestPage, RequestQuery, type ShownRequest } from './requestPage.ts';

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
    const body = requestPage(c, desk, assignment, requests, RequestQuery.parse(c.req.query()));
    return c.html(deskPage(c, desk, { title: `${assignment.title}: requests`, assignment, place: 'requests', body }));
  });
  app.post('/', async (c) => {
    const assignment = assignmentOf(desk, c);
    const row = await fieldsOf(c, One);
    const by = c.get('session').by;
    const isNew = await desk.book.write((db) => addRow(db, assignment, row, by, true));
    return c.redirect(linkTo(assignment, `requests/?added=${isNew ? 1 : 0}&of=1`), 303);
  });
  app.post('/file', async (c) => {
    const assignment = assignmentOf(desk, c);
    const { file } = await fieldsOf(c, Several);
    const rows = readRequestRows(new Uint8Array(await file.arrayBuffer()), file.name);
    const added = await recordFile(desk, assignment, rows, c.get('session').by);
    return c.redirect(linkTo(assignment, `requests/?added=${added}&of=${rows.length}`), 303);
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

/**
 * Records all of a file or, if a student or a criterion is unknown, nothing. A file that is read again has what was answered.
 *
 * @returns the number of requests that were not known before
 * @throws UsageError with the place
 */
async function recordFile(
  { book }: Desk,
  assignment: Assignment,
  rows: ReturnType<typeof readRequestRows>,
  by: string,
): Promise<number> {
  return book.write(async (db) => {
    let added = 0;
    for (const { row, place } of rows)
      try {
        if (await addRow(db, assignment, row, by, false)) added++;
      } catch (error) {
        throw error instanceof UsageError ? new UsageError(`${place}: ${error.message}`) : error;
      }
    return added;
  });
}

async function addRow(
  db: Database,
  assignment: Assignment,
  { student: named, criterion: about, text }: RequestRow,
  by: string,
  isAskedAgain: boolean,
): Promise<boolean> {
  const known = criteriaOf(assignment).find(({ id }) => foldedText(id) === foldedText(about));
  const criterion = about === '' ? '' : (known ?? criterionOf(assignment, about)).id;
  const { id: student } = await studentCalled(db, named, assignment.id);
  return addRequest(db, { assignment: assignment.id, student, criterion, text, by }, isAskedAgain);
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
