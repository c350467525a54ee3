import { RedisServer } from '../../tests/e2e/engines/redis.ts';
import { measureScaling } from './measureScaling.ts';
import { measureThroughput } from './measureThroughput.ts';

/**
 * Measures the queue alone: how many gradings it takes into a gradebook, how workers add up, what it costs beside a pool.
 *
 * @param jobs - that do nothing
 */
export async function benchmarkEngine(jobs: number): Promise<void> {
  const server = await RedisServer.start();
  try {
    await measureThroughput(server, jobs, false);
    await measureThroughput(server, jobs, true);
    await measureScaling(server);
  } finally {
    await server.stop();
  }
}
