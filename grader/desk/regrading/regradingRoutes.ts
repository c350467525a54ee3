import { Hono } from 'hono';
import * as z from 'zod';
import { applyRegrading, changes, isLower, undoRegrading } from '../../course/applyRegrading.ts';
import { lastApplied } from '../../gradebook/store/changes.ts';
import { courseZones } from '../../gradebook/store/courseDeadline.ts';
import type { Assignment } from '../../model/assignment.ts';
import { UsageError } from '../../model/errors.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskContext, DeskEnv } from '../DeskEnv.ts';
import { deskPage, linkTo } from '../frame/deskPage.ts';
import { fieldsOf } from '../frame/fieldsOf.ts';
import { eventStream } from '../live/eventStream.ts';
import { RegradingJob } from './RegradingJob.ts';
import { regradingPage } from './regradingPage.ts';

const EVERY_MS = 500;

const Decision = z.object({
  /** The attempts that are chosen; one of them is sent as a text. */
  attempt: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((ids) => new Set([ids].flat())),
  what: z.enum(['apply', 'keep', 'apply-all'], 'choose to apply the new scores or to keep the old ones'),
  /** Of `apply-all`: everybody with other points for it; everybody at all if it is empty. */
  criterion: z.string().default(''),
});

/** The batch that is taken back. */
const Undo = z.object({ batch: z.string() });

/** What grading anew would change, decided on student by student, criterion by criterion, or as a whole. */
export function regradingRoutes(desk: Desk): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const jobs = new Map<string, RegradingJob>();
  const jobOf = (id: string): RegradingJob => {
    const job = jobs.get(id) ?? new RegradingJob();
    jobs.set(id, job);
    return job;
  };
  const back = (c: DeskContext) => c.redirect(linkTo(assignmentOf(desk, c), 'regrading/'), 303);
  app.get('/', async (c) => {
    const assignment = assignmentOf(desk, c);
    const last = await desk.book.read((db) => lastApplied(db, assignment.id));
    const zoneOf = await desk.book.read(courseZones);
    const view = { criterion: c.req.query('criterion') ?? '', last, zone: zoneOf(assignment.id) };
    const body = regradingPage(c, desk, assignment, jobOf(assignment.id), view);
    return c.html(deskPage(c, desk, { title: `${assignment.title}: regrading`, assignment, place: 'regrading', body }));
  });
  app.get('/live', (c) => progressEvents(c, jobOf(assignmentOf(desk, c).id)));
  app.post('/start', (c) => {
    const assignment = assignmentOf(desk, c);
    jobOf(assignment.id).start(desk, assignment);
    return back(c);
  });
  app.post('/stop', (c) => {
    jobOf(assignmentOf(desk, c).id).stop();
    return back(c);
  });
  app.post('/decide', async (c) => {
    const assignment = assignmentOf(desk, c);
    await decide(desk, assignment, jobOf(assignment.id), await fieldsOf(c, Decision), c.get('session').by);
    return back(c);
  });
  app.post('/undo', async (c) => {
    const assignment = assignmentOf(desk, c);
    const { batch } = await fieldsOf(c, Undo);
    await undoRegrading(desk.book, assignment, c.get('session').by, batch);
    const job = jobOf(assignment.id);
    // What is proposed was compared with the scores that are taken back.
    if (job.proposed) job.start(desk, assignment);
    return back(c);
  });
  return app;
}

/** How far a regrading is, until it ends. */
function progressEvents(c: DeskContext, job: RegradingJob): Response {
  let hasEnded = false;
  return eventStream(c, EVERY_MS, () => {
    if (hasEnded) return undefined;
    hasEnded = !job.isRunning;
    return hasEnded ? { reload: true } : { text: job.progress };
  });
}

/** @throws UsageError if nothing of the proposal is chosen */
async function decide(
  { book }: Desk,
  assignment: Assignment,
  job: RegradingJob,
  { attempt, what, criterion }: z.infer<typeof Decision>,
  by: string,
): Promise<void> {
  const changed = job.proposed?.changed ?? [];
  const chosen =
    what === 'apply-all'
      ? changed.filter((each) => !isLower(each) && changes(each, criterion))
      : changed.filter(({ change }) => attempt.has(change.attempt));
  if (chosen.length === 0) throw new UsageError('No student is chosen, or the proposal is not there any more.');
  const [applied, kept] = what === 'keep' ? [[], chosen] : [chosen, []];
  await applyRegrading(book, assignment, { applied, kept, by });
  job.settle(chosen);
}
