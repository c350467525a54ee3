import { Hono } from 'hono';
import * as z from 'zod';
import { publishScores } from '../../course/publishScores.ts';
import { gradebookFormat } from '../../platforms/formats.ts';
import { fillMoodle } from '../../platforms/moodle/fillMoodle.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskEnv } from '../DeskEnv.ts';
import { deskPage, linkTo } from '../frame/deskPage.ts';
import { fieldsOf } from '../frame/fieldsOf.ts';
import { savedAs } from '../frame/savedAs.ts';
import { NotFound } from '../NotFound.ts';
import { exported, requireTable } from './exported.ts';
import { exportPage, worksheetPage } from './exportPage.ts';

const Worksheet = z.object({
  worksheet: z.instanceof(File, { message: 'choose the grading worksheet downloaded from Moodle' }),
  column: z.string().default(''),
});

/** The scores that count, in the forms of the platforms. */
export function exportRoutes(desk: Desk): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get('/', async (c) => {
    const assignment = assignmentOf(desk, c);
    const body = exportPage(c, desk, assignment, await exported(desk, assignment));
    return c.html(deskPage(c, desk, { title: `${assignment.title}: export`, assignment, place: 'export', body }));
  });
  app.get('/:format', async (c) => {
    const format = gradebookFormat(c.req.param('format'));
    if (!format) throw new NotFound('There is no such format.');
    const { table } = await requireTable(desk, assignmentOf(desk, c));
    return savedAs(c, format.file, 'text/csv', format.renderAll(table));
  });
  app.post('/moodle', async (c) => {
    const assignment = assignmentOf(desk, c);
    const { worksheet, column } = await fieldsOf(c, Worksheet);
    const { table } = await requireTable(desk, assignment);
    const filled = fillMoodle(new Uint8Array(await worksheet.arrayBuffer()), table, column.trim() || undefined);
    const body = worksheetPage(worksheet.name || 'moodle.csv', filled);
    return c.html(deskPage(c, desk, { title: `${assignment.title}: Moodle`, assignment, place: 'export', body }));
  });
  app.post('/publish', async (c) => {
    const assignment = assignmentOf(desk, c);
    await publishScores(desk.book, assignment, c.get('session').by);
    return c.redirect(linkTo(assignment, 'export/'), 303);
  });
  return app;
}
