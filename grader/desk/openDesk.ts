import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { machineFaultOf, UsageError } from '../model/errors.ts';
import { onlyChanges, onlyOwnForms, onlyOwnHost, onlySignedIn, withHeaders } from './access/guard.ts';
import type { Sessions, StoredPasswordOf } from './access/Sessions.ts';
import { signInRoutes, signOutRoute } from './access/signInRoutes.ts';
import { classRoutes } from './class/classRoutes.ts';
import { courseRoutes } from './course/courseRoutes.ts';
import type { Desk } from './Desk.ts';
import type { DeskContext, DeskEnv } from './DeskEnv.ts';
import { exportRoutes } from './exporting/exportRoutes.ts';
import { fileRoutes } from './frame/fileRoutes.ts';
import { plainAnswer } from './frame/plainAnswer.ts';
import { leaderboardRoutes } from './leaderboard/leaderboardRoutes.ts';
import { liveRoutes } from './live/liveRoutes.ts';
import { machineRoutes } from './machine/machineRoutes.ts';
import { markingRoutes } from './marking/markingRoutes.ts';
import { NotFound } from './NotFound.ts';
import { regradingRoutes } from './regrading/regradingRoutes.ts';
import { requestRoutes } from './requests/requestRoutes.ts';
import { studentRoutes } from './student/studentRoutes.ts';

/** Who may use the desk, and under which addresses. */
export interface Entrance {
  readonly sessions: Sessions;
  /** With their ports, as browsers name them. */
  readonly hosts: () => readonly string[];
  /** If people sign in with passwords; undefined if only links lead in. */
  readonly storedOf: StoredPasswordOf | undefined;
}

/** A form with a grading worksheet is the largest thing that is sent. */
const MOST_BYTES = 4 * 2 ** 20;

/** The whole desk, as a function from requests to answers. */
export function openDesk(desk: Desk, { sessions, hosts, storedOf }: Entrance): Hono<DeskEnv> {
  const refuse = (c: DeskContext) =>
    storedOf
      ? c.redirect('/sign-in', 303)
      : plainAnswer(
          c,
          401,
          'Open the link that grade desk has printed. It works once: start grade desk again for a new one.',
        );
  // Links end in a slash, because what is relative to them needs it; here no path does.
  const app = new Hono<DeskEnv>({ strict: false });
  app.use(withHeaders, onlyOwnHost(hosts));
  app.use(
    bodyLimit({ maxSize: MOST_BYTES, onError: (c) => plainAnswer(c, 413, 'This is more than a form may have.') }),
  );
  app.route('/', fileRoutes).route('/', signInRoutes(sessions, storedOf));
  app.use(onlySignedIn(sessions, refuse), onlyOwnForms);
  app.route('/sign-out', signOutRoute(sessions, storedOf));
  app.use(onlyChanges(desk));
  app.route('/', courseRoutes(desk)).route('/machine', machineRoutes(desk));
  const ofAssignment = app.basePath('/a/:assignment');
  ofAssignment.route('/', classRoutes(desk)).route('/live', liveRoutes(desk)).route('/team', studentRoutes(desk));
  ofAssignment.route('/marking', markingRoutes(desk)).route('/export', exportRoutes(desk));
  ofAssignment.route('/regrading', regradingRoutes(desk)).route('/requests', requestRoutes(desk));
  ofAssignment.route('/leaderboard', leaderboardRoutes(desk));
  app.notFound((c) => plainAnswer(c, 404, 'There is no such page.'));
  app.onError(refusalOf);
  return app;
}

/** What is wrong, on a page of its own; a fault of the desk itself is printed where it was started. */
function refusalOf(error: Error, c: DeskContext): Response {
  if (error instanceof NotFound) return plainAnswer(c, 404, error.message);
  if (error instanceof UsageError) return plainAnswer(c, 400, error.message);
  const fault = machineFaultOf(error);
  if (fault) return plainAnswer(c, 503, fault.message);
  process.stderr.write(`grade: the desk failed at ${c.req.method} ${c.req.path}: ${error.stack}\n`);
  return plainAnswer(c, 500, 'The desk itself failed; the terminal in which it runs says more.');
}
