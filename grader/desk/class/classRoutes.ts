import { Hono } from 'hono';
import { progressOf } from '../../gradebook/store/progress.ts';
import { openRequests } from '../../gradebook/store/requests.ts';
import { classHeader } from '../../report/class/header.ts';
import { mistakeSection } from '../../report/class/mistakes.ts';
import type { GroupLinks } from '../../report/class/names.ts';
import { passRateSection } from '../../report/class/passRates.ts';
import { speedSection } from '../../report/class/speeds.ts';
import { html } from '../../report/html/html.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskEnv } from '../DeskEnv.ts';
import { deskPage, linkTo } from '../frame/deskPage.ts';
import { ClassQuery } from './ClassQuery.ts';
import { classView } from './classView.ts';
import { histogram } from './histogram.ts';
import { linkedName, studentTable } from './studentTable.ts';
import { waitingSection } from './waitingSection.ts';

/** A group is shown in the table below; who is in it is not listed twice. */
const LINKS: GroupLinks = { linkTo: (group) => html`href="?group=${group}#students"`, namesOf: () => undefined };

/** The page of a class: what waits, how it did as a whole, then everybody. */
export const classRoutes = (desk: Desk): Hono<DeskEnv> =>
  new Hono<DeskEnv>().get('/', async (c) => {
    const assignment = assignmentOf(desk, c);
    // Read first: what is recorded in between counts as new.
    const seen = await desk.book.read((db) => progressOf(db, assignment.id));
    const view = await classView(desk, assignment);
    const { report } = view;
    const requests = await desk.book.read((db) => openRequests(db, assignment.id));
    const body = html`${classHeader(report)}
      <p role="status" data-live="${linkTo(assignment, 'live')}" data-seen="${JSON.stringify(seen)}"></p>
      <main>
        ${waitingSection(assignment, view, requests)} ${histogram(report)} ${passRateSection(report, LINKS)}
        ${mistakeSection(report, LINKS)} ${speedSection(report, (row) => linkedName(assignment, row))}
        ${studentTable(assignment, view, ClassQuery.parse(c.req.query()))}
      </main>`;
    return c.html(deskPage(c, desk, { title: `${assignment.title}: the class`, assignment, place: 'class', body }));
  });
