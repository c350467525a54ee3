import { isDeepStrictEqual } from 'node:util';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { progressOf } from '../../gradebook/store/progress.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskEnv } from '../DeskEnv.ts';

/** How often the gradebook is asked while a page listens. */
const EVERY_MS = 1000;

/**
 * How far a class is, as server-sent events: at once, and whenever it has changed. Who changes it does not matter: another
 * command, another machine with the same gradebook, or another teaching assistant.
 */
export const liveRoutes = (desk: Desk): Hono<DeskEnv> =>
  new Hono<DeskEnv>().get('/', (c) => {
    const { id } = assignmentOf(desk, c);
    return streamSSE(c, async (stream) => {
      let last: unknown;
      while (!stream.aborted) {
        const progress = await desk.book.read((db) => progressOf(db, id));
        if (!isDeepStrictEqual(progress, last)) await stream.writeSSE({ data: JSON.stringify(progress) });
        last = progress;
        await stream.sleep(EVERY_MS);
      }
    });
  });
