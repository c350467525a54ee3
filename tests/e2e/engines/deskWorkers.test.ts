import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { recordClass } from '../../../grader/desk/test/exampleCourse.ts';
import { CourseGradebook } from '../../../grader/gradebook/store/CourseGradebook.ts';
import { assignmentOf } from '../support/gradeFiles.ts';
import { inFolder, startGrade } from '../support/runGrade.ts';
import { RedisServer, whyNoRedis } from './redis.ts';
import { smallClass } from './smallClass.ts';
import { finish, kill, startWorker } from './workers.ts';

const why = whyNoRedis();
if (why !== undefined) console.warn(`The workers at a desk are not tested: ${why}`);

(why === undefined ? test : test.skip)('a desk shows the workers of a queue, and says when the queue has gone', () =>
  inFolder(smallClass(1), async (folder) => {
    const book = await CourseGradebook.open(`${folder}/gradebook.db`, folder);
    await recordClass(book, assignmentOf('conv2d-gemm'), 1);
    await book.close();
    const server = await RedisServer.start();
    const worker = startWorker(server.url, folder);
    const desk = startGrade(['desk', '--by', 'Grace', '--gradebook', 'gradebook.db', '--engine', server.url], folder);
    try {
      let printed = '';
      desk.child.stdout?.on('data', (piece: Buffer) => (printed += piece.toString()));
      while (!/http\S+\n/u.test(printed) && desk.child.exitCode === null) await sleep(50);
      const link = /http\S+/u.exec(printed)![0];
      const { headers } = await fetch(link, { redirect: 'manual' });
      const cookie = headers.get('set-cookie')!.split(';')[0];
      const page = async () => (await fetch(`${new URL(link).origin}/machine/`, { headers: { cookie } })).text();
      while (!(await page()).includes('of 1 at work')) await sleep(100);
      await finish(worker);
      await server.stop();
      expect(await page()).toContain('does not answer');
      desk.child.kill('SIGINT');
      expect((await desk.ended).code).toBe(0);
    } finally {
      desk.child.kill('SIGKILL');
      await kill(worker);
      await server.stop();
    }
  }),
);
