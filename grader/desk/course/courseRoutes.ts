import { Hono } from 'hono';
import { assignmentIds } from '../../assignments/findAssignments.ts';
import { overviewOf } from '../../gradebook/store/overview.ts';
import { progressOf } from '../../gradebook/store/progress.ts';
import { html } from '../../report/html/html.ts';
import { points } from '../../report/text/numbers.ts';
import type { Desk } from '../Desk.ts';
import type { DeskEnv } from '../DeskEnv.ts';
import { deskPage, linkTo } from '../frame/deskPage.ts';

/** The first page: the assignments of the course. */
export const courseRoutes = (desk: Desk): Hono<DeskEnv> =>
  new Hono<DeskEnv>().get('/', async (c) => {
    const { columns } = await overviewOf(desk.book);
    const known = new Set(assignmentIds(desk.root));
    const rows = await Promise.all(
      columns.map(async (column) => ({ ...column, ...(await desk.book.read((db) => progressOf(db, column.id))) })),
    );
    const body = html`<main>
      <h1>Course</h1>
      ${rows.length === 0 && html`<p>Nothing has been handed in. <code>grade class</code> records what is.</p>`}
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Assignment</th>
            <th scope="col" class="number">Points</th>
            <th scope="col" class="number">Attempts graded</th>
            <th scope="col" class="number">Not gradable</th>
            <th scope="col" class="number">Waiting</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ id, title, outOf, graded, ungradable, pending }) =>
              html`<tr>
                <th scope="row">
                  ${known.has(id) ? html`<a href="${linkTo({ id })}"><bdi>${title}</bdi></a>` : html`<bdi>${title}</bdi>`}
                </th>
                <td class="number">${points(outOf)}</td>
                <td class="number">${graded}</td>
                <td class="number">${ungradable}</td>
                <td class="number">${pending}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </main>`;
    return c.html(deskPage(c, desk, { title: 'Course', assignment: undefined, place: 'course', body }));
  });
