import { setTimeout as sleep } from 'node:timers/promises';
import { openRedis } from '../../grader/engines/redis/openRedis.ts';
import { RedisWorker } from '../../grader/engines/redis/RedisWorker.ts';
import { ability, SLEPT, submissions } from './sleepingJobs.ts';

/** A worker that sleeps instead of grading: `sleepingWorker.ts <url> <milliseconds> <jobs at a time>`. */
const [url, milliseconds, jobs] = process.argv.slice(2);
const redis = await openRedis({ url, note: () => undefined });
await RedisWorker.start({
  ...{ ...ability, redis, submissions, version: 'bench', jobs: Number(jobs), lanes: 1 },
  ...{ lostAfterSeconds: 15, events: [] },
  async gradeOne() {
    if (Number(milliseconds) > 0) await sleep(Number(milliseconds));
    return SLEPT;
  },
});
