import type { Engine } from '../../grader/engines/Engine.ts';
import { openRedis } from '../../grader/engines/redis/openRedis.ts';
import { RedisEngine } from '../../grader/engines/redis/RedisEngine.ts';
import { RedisServer } from '../../tests/e2e/engines/redis.ts';
import { collectGradings } from './collectGradings.ts';
import { ability } from './sleepingJobs.ts';
import { sleepingPool } from './sleepingPool.ts';
import { SleepingWorkers } from './SleepingWorkers.ts';

/** Gradings under way in the queue. */
const WINDOW = 1000;
const SLEEP_MS = 200;
/** Of each worker, for the jobs that sleep. */
const ROUNDS = 25;
const KILL_EVERY_MS = 12_000;

/**
 * Measures the queue alone: how many gradings it takes into a gradebook, how workers add up, what it costs beside a pool.
 *
 * @param jobs - that do nothing
 */
export async function benchmarkEngine(jobs: number): Promise<void> {
  const server = await RedisServer.start();
  try {
    await throughput(server, jobs);
    await scaling(server);
  } finally {
    await server.stop();
  }
}

const engineOf =
  (server: RedisServer) =>
  async (folder: string): Promise<Engine> => {
    const redis = await openRedis({ url: server.url, note: () => undefined });
    return RedisEngine.open({ ...ability, redis, name: folder, signal: new AbortController().signal });
  };

async function throughput(server: RedisServer, jobs: number): Promise<void> {
  const workers = new SleepingWorkers(server, 0, 50);
  try {
    await workers.start(2);
    const before = { server: await server.seconds(), workers: workers.seconds() };
    workers.killAtRandom(KILL_EVERY_MS);
    const { seconds, recorded, processorSeconds } = await collectGradings(engineOf(server), jobs, WINDOW);
    const each = (spent: number) => `${((1000 * spent) / jobs).toFixed(2)} ms`;
    const spent = [
      `collector ${each(processorSeconds)}`,
      `server ${each((await server.seconds()) - before.server)}`,
      // What those that were killed have spent is not known.
      ...(workers.killed > 0 ? [] : [`workers ${each(workers.seconds() - before.workers)}`]),
    ];
    console.log(
      `${jobs} no-op gradings into the gradebook: ${(jobs / seconds).toFixed(0)}/s; required ≥ 2000/s.\n` +
        `  Recorded ${recorded}, ${jobs - recorded} lost, while ${workers.killed} workers were killed.\n` +
        `  Processor time of each: ${spent.join(', ')}`,
    );
  } finally {
    await workers.end();
  }
}

async function scaling(server: RedisServer): Promise<void> {
  const pool = await collectGradings(async () => sleepingPool(SLEEP_MS, 1), ROUNDS, 1);
  console.log(`A pool of 1, ${ROUNDS} jobs that sleep ${SLEEP_MS} ms: ${pool.seconds.toFixed(2)} s`);
  let single = 0;
  for (const count of [1, 2, 4, 8]) {
    const workers = new SleepingWorkers(server, SLEEP_MS, 1);
    await workers.start(count);
    const { seconds } = await collectGradings(engineOf(server), count * ROUNDS, WINDOW).finally(() => workers.end());
    if (count === 1) single = seconds;
    const judged =
      count === 1
        ? `${(100 * (seconds / pool.seconds - 1)).toFixed(1)} % over the pool; required ≤ 5 %`
        : `${(single / seconds).toFixed(3)} of linear; required ≥ 0.95`;
    console.log(`${count} × a worker of 1, ${count * ROUNDS} such jobs: ${seconds.toFixed(2)} s, ${judged}`);
  }
}
