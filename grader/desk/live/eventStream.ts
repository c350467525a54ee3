import { isDeepStrictEqual } from 'node:util';
import { streamSSE } from 'hono/streaming';
import type { DeskContext } from '../DeskEnv.ts';

/**
 * Sends something as server-sent events: at once, and whenever it has changed.
 *
 * @param everyMs - how often it is asked for
 * @param now - undefined ends the stream; so does signing out
 */
export const eventStream = (
  c: DeskContext,
  everyMs: number,
  now: () => object | undefined | Promise<object | undefined>,
): Response =>
  streamSSE(c, async (stream) => {
    let last: object | undefined;
    while (!stream.aborted && (await c.get('isSignedIn')())) {
      const state = await now();
      if (!state) return;
      if (!isDeepStrictEqual(state, last)) await stream.writeSSE({ data: JSON.stringify(state) });
      last = state;
      await stream.sleep(everyMs);
    }
  });
