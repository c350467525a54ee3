import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { Worker } from 'bullmq';
import { gradingsIn } from '../support/gradings.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';
import { RedisServer, whyNoRedis } from './redis.ts';
import { rowsIn, smallClass } from './smallClass.ts';
import { finish, kill, localClass, startClass, startWorker } from './workers.ts';

const why = whyNoRedis();
if (why !== undefined) console.warn(`Forged results are not tested: ${why}`);

/** The name of the queue in which jobs wait. */
const queueOn = (server: RedisServer) =>
  server.with(async (redis) => {
    for (;;) {
      const [, name] = /^bull:(.*):wait$/u.exec((await redis.keys('bull:*:wait'))[0] ?? '') ?? [];
      if (name !== undefined) return name;
    }
  });

(why === undefined ? test : test.skip)(
  'results that were made up are refused, each for its reason; then a worker grades all as this process does',
  () =>
    inFolder(smallClass(4), async (folder) => {
      const server = await RedisServer.start();
      const collector = startClass(server.url, folder);
      await runGrade(localClass, folder);
      const first = JSON.parse(readFileSync(join(folder, 'local/s00/report.json'), 'utf8')) as {
        submission: { digest: string };
      };
      const packed = (report: unknown) => gzipSync(JSON.stringify({ type: 'graded', report })).toString('base64');
      // The last is another student’s.
      const others = ['x'.repeat(40_000_000), { type: 'graded' }, packed(first)];
      const connection = { host: '127.0.0.1', port: server.port };
      const forger = new Worker<{ submission: { digest: string } }>(
        await queueOn(server),
        async ({ data: { submission } }) =>
          submission.digest === first.submission.digest ? packed({ ...first, totals: 100 }) : others.pop(),
        { connection },
      );
      let worker: ReturnType<typeof startWorker> | undefined;
      try {
        const { code, stderr } = await collector.ended;
        await forger.close();
        expect(code).toBe(3);
        for (const reason of [
          'it is of other work',
          'it is damaged',
          'the result is too large',
          'is none; grade again',
        ])
          expect(stderr + JSON.stringify(rowsIn(join(folder, 'course/class')))).toContain(reason);
        expect(gradingsIn(join(folder, 'course/gradebook.db'))).toBe(0);
        worker = startWorker(server.url, folder);
        expect(await startClass(server.url, folder).ended).toMatchObject({ code: 0 });
        expect(rowsIn(join(folder, 'course/class'))).toEqual(rowsIn(join(folder, 'local')));
        await finish(worker);
      } finally {
        await forger.close();
        await kill(collector);
        if (worker) await kill(worker);
        await server.stop();
      }
    }),
);
