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
import { KEEPING, RedisServer, whyNoRedis } from './redis.ts';

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

/** Starts a worker for which each grading is this work. */
async function startWorker(
  url: string,
  jobs: number,
  lanes: number,
  work: (pass: Pass) => Promise<void>,
): Promise<Watched> {
  const redis = await openRedis({ url, note: () => undefined });
  const [made, most, now] = [1, 2, 3].map((): Record<Pass, number> => ({ untimed: 0, timed: 0 }));
  const watched = { made, most, isMixed: false };
  const worker = await RedisWorker.start({
    ...{ ...ability, redis, submissions, version: 'test', jobs, lanes, lostAfterSeconds: 15, events: [] },
    async gradeOne({ job }) {
      const pass = job.criteria[0] === 'speed' ? 'timed' : 'untimed';
      most[pass] = Math.max(most[pass], ++now[pass]);
      watched.isMixed ||= now.timed > 0 && now.untimed > 0;
      await work(pass);
      now[pass]--;
      made[pass]++;
      return { type: 'ungradable', message: 'waited' };
    },
  });
  const finish = () => worker.finish().finally(() => redis.disconnect());
  return Object.assign(watched, { finish });
}

/** Submits jobs, does something, and waits until all have been made. */
async function collect(url: string, counts: Record<Pass, number>, then: () => Promise<void>): Promise<void> {
  const redis = await openRedis({ url, note: () => undefined });
  const engine = await RedisEngine.open({ ...ability, redis, name: 'test', signal: new AbortController().signal });
  try {
    const passes = (['untimed', 'timed'] as const).flatMap((pass) => Array<Pass>(counts[pass]).fill(pass));
    await engine.submit(passes.map((pass, seed) => orderOf(seed, pass)));
    await then();
    let left = passes.length;
    for await (const { acknowledge } of engine.results()) {
      await acknowledge();
      if (--left === 0) break;
    }
  } finally {
    await engine.close();
  }
}

/** Runs work with a server, and finishes the workers that it has started. */
async function onServer(work: (url: string, started: Watched[]) => Promise<void>): Promise<void> {
  const server = await RedisServer.start();
  const started: Watched[] = [];
  try {
    await work(server.url, started);
  } finally {
    await Promise.all(started.map(({ finish }) => finish()));
    await server.stop();
  }
}

/** Work of which each piece waits until this number has begun, and then for a moment, in which more could begin. */
function untilBegun(count: number): () => Promise<void> {
  let begun = 0;
  let go: () => void;
  const enough = new Promise<void>((resolve) => (go = resolve));
  return async () => {
    if (++begun >= count) go();
    await enough;
    await sleep(20);
  };
}

withRedis.each([
  [1, 1],
  [4, 2],
])('a worker of %i jobs and %i lanes makes as many at a time, and never measures beside others', (jobs, lanes) =>
  onServer(async (url, started) => {
    const [untimed, timed] = [untilBegun(jobs), untilBegun(lanes)];
    const worker = await startWorker(url, jobs, lanes, (pass) => (pass === 'timed' ? timed() : untimed()));
    started.push(worker);
    await collect(url, { untimed: 3 * jobs, timed: 4 * lanes }, async () => undefined);
    expect(worker).toMatchObject({
      ...{ made: { untimed: 3 * jobs, timed: 4 * lanes }, most: { untimed: jobs, timed: lanes }, isMixed: false },
    });
  }),
);

withRedis('jobs for which a worker has no room wait in the queue, for a worker that comes later', () =>
  onServer(async (url, started) => {
    let hasBegun: () => void;
    let isHelped: () => void;
    const [begun, helped] = [
      new Promise<void>((resolve) => (hasBegun = resolve)),
      new Promise<void>((resolve) => (isHelped = resolve)),
    ];
    started.push(
      await startWorker(url, 8, 1, () => {
        hasBegun();
        return helped;
      }),
    );
    await collect(url, { untimed: 0, timed: 8 }, async () => {
      await begun;
      started.push(await startWorker(url, 8, 1, async () => isHelped()));
    });
    expect(started.map(({ most }) => most.timed)).toEqual([1, 1]);
  }),
);

withRedis('a server whose memory is full says so', async () => {
  const server = await RedisServer.start([...KEEPING, '--maxmemory', '100kb']);
  try {
    await expect(collect(server.url, { untimed: 1, timed: 0 }, async () => undefined)).rejects.toThrow(
      'the Redis server takes no job: its memory is full; raise maxmemory there',
    );
  } finally {
    await server.stop();
  }
});
