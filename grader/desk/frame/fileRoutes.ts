import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { ownProgram } from '../../host/ownProgram.ts';
import { CLASS_STYLE } from '../../report/class/classStyle.ts';
import { STYLE } from '../../report/html/style.ts';
import type { DeskEnv } from '../DeskEnv.ts';
import { DESK_STYLE } from './deskStyle.ts';

const SCRIPT = { name: 'desk-script', source: 'grader/desk/browser/main.ts', besides: [] };

/** The style and the script of all pages. They say nothing about anybody. */
export const fileRoutes = new Hono<DeskEnv>()
  .get('/desk.css', (c) => c.body(STYLE + CLASS_STYLE + DESK_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  .get('/desk.js', async (c) =>
    c.body(await readFile(await ownProgram(SCRIPT), 'utf8'), 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
