import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskQueue } from '../../desk/Desk.ts';
import { openRedis, shownRedis } from '../../engines/redis/openRedis.ts';
import { workersIn } from '../../engines/redis/workersIn.ts';
import { requireRedis } from '../engineOptions.ts';
import { workerParts } from './workerParts.ts';

/** A page does not wait longer for a server that was there when the desk was opened. */
const PATIENCE_MS = 3000;

/**
 * The queue that a desk shows.
 *
 * @throws UsageError if there is no such server
 */
export async function openDeskQueue(engine: string): Promise<DeskQueue & { close(): void }> {
  const redis = await openRedis({
    url: requireRedis(engine),
    note: (line) => process.stderr.write(`grade: ${line}\n`),
  });
  return {
    shown: shownRedis(engine),
    workers: async () => {
      const workers = workersIn(redis).then(
        (found) => found.map(workerParts),
        () => undefined,
      );
      return Promise.race([workers, sleep(PATIENCE_MS, undefined, { ref: false })]);
    },
    close: () => redis.disconnect(),
  };
}
