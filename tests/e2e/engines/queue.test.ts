import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Queue } from 'bullmq';
import { freePort } from '../../../grader/gradebook/test/freePort.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';
import { RedisServer, whyNoRedis } from './redis.ts';
import { rowsIn, smallClass } from './smallClass.ts';
import { finish, kill, localClass, startClass, startWorker } from './workers.ts';

const why = whyNoRedis();
if (why !== undefined) console.warn(`The queue is not tested: ${why}`);
const withRedis = why === undefined ? test : test.skip;

/** Runs work with a server of these settings. */
async function onServer<T>(
  settings: readonly string[] | undefined,
  work: (server: RedisServer) => Promise<T>,
): Promise<T> {
  const server = await RedisServer.start(settings);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

withRedis('workers with a password, which get submissions over HTTP, come to the same as this process', () =>
  onServer(['--appendonly', 'yes', '--requirepass', 'secret'], (server) =>
    inFolder(smallClass(3), async (folder) => {
      const url = `redis://:secret@127.0.0.1:${server.port}`;
      const port = await freePort();
      const collector = startClass(url, folder, 'course/class', '--serve', `127.0.0.1:${port}`);
      const metrics = `127.0.0.1:${await freePort()}`;
      const shown = ['--json', '--metrics-port', metrics];
      const worker = startWorker(url, folder, '--submissions', `http://127.0.0.1:${port}`, ...shown);
      try {
        const run = await collector.ended;
        expect(run).toMatchObject({ code: 0 });
        expect(run.stderr).not.toContain('secret');
        const { workers } = JSON.parse((await runGrade(['workers', '--engine', url, '--json'], folder)).stdout) as {
          workers: object[];
        };
        expect(workers).toMatchObject([{ assignment: 'conv2d-gemm', jobs: 1, done: expect.any(Number) as unknown }]);
        const counted = await (await fetch(`http://${metrics}/metrics?job=im2grade`)).text();
        expect(counted).toMatch(
          /^im2grade_gradings_total\{result="graded",pass="untimed",assignment="conv2d-gemm"\} 3$/mu,
        );
        const { code, stderr } = await finish(worker);
        expect(code).toBe(0);
        const log = stderr
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as { msg: string; result?: string });
        expect(log.filter(({ msg, result }) => msg === 'ended' && result === 'graded')).toHaveLength(3);
        await runGrade(localClass, folder);
        expect(rowsIn(join(folder, 'course/class'))).toEqual(rowsIn(join(folder, 'local')));
      } finally {
        await kill(worker);
        await kill(collector);
      }
    }),
  ),
);

withRedis('a job that was not made by a collector is refused, and the worker goes on', () =>
  onServer(undefined, (server) =>
    inFolder(smallClass(1), async (folder) => {
      const worker = startWorker(server.url, folder);
      try {
        const name = await server.with(async (redis) => {
          for (;;) {
            const [key] = await redis.keys('im2grade:worker:*');
            if (key !== undefined) return (JSON.parse((await redis.get(key))!) as { queue: string }).queue;
          }
        });
        const queue = new Queue(name, { connection: { host: '127.0.0.1', port: server.port } });
        const digest = '0'.repeat(64);
        const job = {
          ...{ key: digest, assignment: 'conv2d-gemm', program: { assignment: digest, grader: digest }, gemm: 'wasm' },
          ...{ isolation: 'strict', seed: 1, criteria: ['im2mat'], known: [] },
          submission: { digest, absent: [], unusable: [] },
        };
        const hostile = [
          ...[null, {}, { ...job, key: '../../etc/passwd' }, { ...job, criteria: Array(100_000).fill('x') }, job],
          { ...job, submission: { ...job.submission, digest: '../'.repeat(20) } },
        ];
        const added = await queue.addBulk(
          hostile.map((data, i) => ({ name: 'grade', data, opts: { jobId: `hostile-${i}` } })),
        );
        const reasons = await Promise.all(
          added.map(async ({ id }) => {
            for (;;) {
              const found = await queue.getJob(id!);
              if (found?.failedReason !== undefined) return found.failedReason;
            }
          }),
        );
        await queue.close();
        expect(new Set(reasons)).toEqual(new Set(['the job is damaged']));
        expect(await startClass(server.url, folder).ended).toMatchObject({ code: 0 });
        expect(await finish(worker)).toMatchObject({ code: 0 });
      } finally {
        await kill(worker);
      }
    }),
  ),
);

withRedis.each([
  [['--appendonly', 'no'], 'the server forgets jobs when it restarts; set appendonly yes there'],
  [
    ['--appendonly', 'yes', '--maxmemory-policy', 'allkeys-lru'],
    'the server may drop jobs; set maxmemory-policy noeviction there',
  ],
  [['--appendonly', 'yes', '--requirepass', 'secret'], 'the server refuses the password; set IM2GRADE_REDIS_PASSWORD'],
])('a server with %j is refused in one line', (settings, line) =>
  onServer(settings, (server) =>
    inFolder(smallClass(1), async (folder) => {
      const { code, stderr } = await startClass(server.url, folder).ended;
      expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
      expect(stderr).toContain(line);
    }),
  ),
);

withRedis('a collector that cannot begin leaves nothing open, and ends', () =>
  onServer(undefined, (server) =>
    inFolder(smallClass(1), async (folder) => {
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as AddressInfo;
      writeFileSync(join(folder, 'notes.db'), 'no database');
      const [foreign, served, measured] = await Promise.all([
        startClass(server.url, folder, 'a/class', '--gradebook', 'notes.db').ended,
        startClass(server.url, folder, 'b/class', '--serve', `127.0.0.1:${port}`).ended,
        startClass(server.url, folder, 'c/class', '--serve', '127.0.0.1:0', '--metrics-port', `127.0.0.1:${port}`)
          .ended,
      ]);
      expect(foreign).toMatchObject({ code: 2, stderr: expect.stringContaining('notes.db: it is not a gradebook') });
      for (const { code, stderr } of [served, measured])
        expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`${port}`) });
      taken.close();
    }),
  ),
);

test.each([
  [['class', 'class', '--engine', 'redis://127.0.0.1:1'], 'no server answers there'],
  [['class', 'class', '--serve', '8080'], '--serve is for --engine redis://…'],
  [['worker', '--engine', 'local', '-a', 'conv2d-gemm', '--submissions', '.'], 'must be like redis://host:6379'],
  [['workers', '--engine', 'redis://:secret@127.0.0.1:1'], '--engine redis://@127.0.0.1:1: no server answers there'],
])('%j is refused in one line', (args, line) =>
  inFolder(smallClass(1), async (folder) => {
    const { code, stderr } = await runGrade(args, folder);
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(stderr).toContain(line);
    expect(stderr).not.toContain('secret');
  }),
);
