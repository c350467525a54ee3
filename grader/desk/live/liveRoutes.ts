import { Hono } from 'hono';
import { progressOf } from '../../gradebook/store/progress.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskEnv } from '../DeskEnv.ts';
import { eventStream } from './eventStream.ts';

/** How often the gradebook is asked while a page listens. */
const EVERY_MS = 1000;

/**
 * How far a class is, as events. Who changes it does not matter: another command, another machine with the same gradebook,
 * or another teaching assistant.
 */
export const liveRoutes = (desk: Desk): Hono<DeskEnv> =>
  new Hono<DeskEnv>().get('/', (c) => {
    const { id } = assignmentOf(desk, c);
    return eventStream(c, EVERY_MS, () => desk.book.read((db) => progressOf(db, id)));
  });
