import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { findAssignment } from '../../../grader/assignments/findAssignments.ts';
import type { Pass } from '../../../grader/engines/Engine.ts';
import { gradingKey } from '../../../grader/engines/gradingKey.ts';
import type { Order } from '../../../grader/engines/Job.ts';
import { openRedis } from '../../../grader/engines/redis/openRedis.ts';
import { RedisEngine } from '../../../grader/engines/redis/RedisEngine.ts';
import { RedisWorker } from '../../../grader/engines/redis/RedisWorker.ts';
import type { Ability } from '../../../grader/engines/refusal.ts';
import { digestOfSubmission } from '../../../grader/intake/digestOfSubmission.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { RedisServer, whyNoRedis } from './redis.ts';

const why = whyNoRedis();
if (why !== undefined) console.warn(`The turns of the queue's workers are not tested: ${why}`);
const withRedis = why === undefined ? test : test.skip;

const digest = '0'.repeat(64);
const ability: Ability = {
  ...{ assignment: findAssignment(ROOT, 'conv2d-gemm'), program: { assignment: digest, grader: digest } },
  ...{ gemm: 'wasm', isolation: 'strict' },
};
const submission = { digest: digestOfSubmission({ files: new Map(), unusable: new Map() }), absent: [], unusable: [] };
const submissions = { read: async () => '[]' };

function orderOf(seed: number, pass: Pass): Order {
  const criteria = [pass === 'timed' ? 'speed' : 'correctness'];
  const key = gradingKey({ ...ability, submission: submission.digest, seed, criteria });
  const { assignment, ...given } = ability;
  const job = { ...given, key, assignment: assignment.id, seed, criteria, known: [], submission };
  return { job, files: new Map() };
}

/** What a worker did that only waits. */
interface Watched {
  /** Gradings by pass, and the most of a pass at a time. */
  readonly made: Record<Pass, number>;
  readonly most: Record<Pass, number>;
  /** Whether gradings of two passes ran at a time. */
  isMixed: boolean;
  finish(): Promise<void>;
}

async function startWorker(url: string, jobs: number, lanes: number): Promise<Watched> {
  const redis = await openRedis({ url, note: () => undefined });
  const [made, most, now] = [1, 2, 3].map((): Record<Pass, number> => ({ untimed: 0, timed: 0 }));
  const watched = { made, most, isMixed: false };
  const worker = await RedisWorker.start({
    ...{ ...ability, redis, submissions, version: 'test', jobs, lanes, lostAfterSeconds: 15, events: [] },
    async gradeOne({ job }) {
      const pass = job.criteria[0] === 'speed' ? 'timed' : 'untimed';
      most[pass] = Math.max(most[pass], ++now[pass]);
      watched.isMixed ||= now.timed > 0 && now.untimed > 0;
      await sleep(50);
      now[pass]--;
      made[pass]++;
      return { type: 'ungradable', message: 'waited' };
    },
  });
  const finish = () => worker.finish().finally(() => redis.disconnect());
  return Object.assign(watched, { finish });
}

/** Has jobs made by workers with these numbers of gradings at a time. */
async function workOff(counts: Record<Pass, number>, sizes: readonly (readonly [number, number])[]) {
  const server = await RedisServer.start();
  const workers = await Promise.all(sizes.map(([jobs, lanes]) => startWorker(server.url, jobs, lanes)));
  const redis = await openRedis({ url: server.url, note: () => undefined });
  const engine = await RedisEngine.open({ ...ability, redis, name: 'test', signal: new AbortController().signal });
  try {
    const passes = (['untimed', 'timed'] as const).flatMap((pass) => Array<Pass>(counts[pass]).fill(pass));
    await engine.submit(passes.map((pass, seed) => orderOf(seed, pass)));
    let left = passes.length;
    for await (const { acknowledge } of engine.results()) {
      await acknowledge();
      if (--left === 0) break;
    }
    return workers;
  } finally {
    await engine.close();
    await Promise.all(workers.map(({ finish }) => finish()));
    await server.stop();
  }
}

withRedis('a worker of one job makes one at a time', async () => {
  const [worker] = await workOff({ untimed: 6, timed: 4 }, [[1, 1]]);
  expect(worker).toMatchObject({ made: { untimed: 6, timed: 4 }, most: { untimed: 1, timed: 1 }, isMixed: false });
});

withRedis('a worker makes as many at a time as it has jobs and lanes, and never measures beside others', async () => {
  const [worker] = await workOff({ untimed: 12, timed: 8 }, [[4, 2]]);
  expect(worker).toMatchObject({ made: { untimed: 12, timed: 8 }, most: { untimed: 4, timed: 2 }, isMixed: false });
});

withRedis('a job that a worker cannot begin waits for whoever can', async () => {
  const workers = await workOff({ untimed: 0, timed: 8 }, [
    [8, 1],
    [8, 1],
  ]);
  for (const { made } of workers) expect(made.timed).toBeGreaterThan(2);
});
