import type { Engine } from '../../grader/engines/Engine.ts';
import type { RedisServer } from '../../tests/e2e/engines/redis.ts';
import { collectGradings, queueAt } from './collectGradings.ts';
import { inTemporary } from './inTemporary.ts';
import { sleepingPool } from './sleepingPool.ts';
import { SleepingWorkers } from './SleepingWorkers.ts';

const SLEEP_MS = 200;
/** Jobs of each worker; those before the measurement, in which it compiles its own code. */
const [ROUNDS, WARM_UP] = [25, 3];
/** Of a core, for each worker. */
const SHARE = 0.1;
const WINDOW = 1000;

/** Says how workers of a fixed share each add up on jobs that sleep, and what a queue of one costs beside a pool of one. */
export async function measureScaling(server: RedisServer): Promise<void> {
  const pool = await secondsFor(ROUNDS, 1, async () => sleepingPool(SLEEP_MS, 1));
  console.log(`A pool of 1, ${ROUNDS} jobs that sleep ${SLEEP_MS} ms: ${pool.toFixed(2)} s`);
  let single = 0;
  for (const count of [1, 2, 4, 8]) {
    const workers = new SleepingWorkers(server, SLEEP_MS, 1);
    try {
      await workers.start(count);
      const secondsThere = (rounds: number) =>
        secondsFor(count * rounds, WINDOW, (folder) => queueAt(server.url, folder));
      await secondsThere(WARM_UP);
      const limit = limited(workers);
      const seconds = await secondsThere(ROUNDS);
      if (count === 1) single = seconds;
      const judged =
        count === 1
          ? `${(100 * (seconds / pool - 1)).toFixed(1)} % over the pool; required ≤ 5 %`
          : `${(single / seconds).toFixed(3)} of linear; required ≥ 0.95`;
      console.log(`${count} × a worker of 1${limit}, ${count * ROUNDS} such jobs: ${seconds.toFixed(2)} s, ${judged}`);
    } finally {
      await workers.end();
    }
  }
}

/** Limits workers if this machine allows it, and says to what. */
function limited(workers: SleepingWorkers): string {
  try {
    workers.limit(SHARE);
    return ` and ${100 * SHARE} % of a core`;
  } catch {
    return ', not limited';
  }
}

const secondsFor = (jobs: number, width: number, engineIn: (folder: string) => Promise<Engine>): Promise<number> =>
  inTemporary(async (folder) => {
    const seeds = Array.from({ length: jobs }, (_, i) => i + 1);
    const { seconds } = await collectGradings(await engineIn(folder), folder, seeds, width);
    return seconds;
  });
