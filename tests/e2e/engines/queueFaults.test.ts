import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { freePort } from '../../../grader/gradebook/test/freePort.ts';
import { gradingsIn } from '../support/gradings.ts';
import { inFolder, type Run, runGrade } from '../support/runGrade.ts';
import { networkTo, RedisServer, whyNoRedis } from './redis.ts';
import { rowsIn, smallClass } from './smallClass.ts';
import { finish, kill, localClass, type Running, startClass, startWorker, untilNothingRuns } from './workers.ts';

const STUDENTS = 4;
const why = whyNoRedis();
if (why !== undefined) console.warn(`The queue's faults are not tested: ${why}`);
const withRedis = why === undefined ? test : test.skip;

/** Runs a class with a server of its own, and checks that every submission was graded once, as this process grades it. */
const survives = (work: (server: RedisServer, folder: string, start: () => Running) => Promise<Run[]>) =>
  inFolder(smallClass(STUDENTS), async (folder) => {
    const server = await RedisServer.start();
    const workers: Running[] = [];
    const start = () => {
      const worker = startWorker(server.url, folder);
      workers.push(worker);
      return worker;
    };
    try {
      for (const run of await work(server, folder, start)) expect(run).toMatchObject({ code: 0 });
      await Promise.all(workers.map(finish));
      expect(gradingsIn(join(folder, 'course/gradebook.db'))).toBe(STUDENTS);
      expect(await server.with((redis) => redis.keys('im2grade:waiting:*'))).toEqual([]);
      await runGrade(localClass, folder);
      expect(rowsIn(join(folder, 'course/class'))).toEqual(rowsIn(join(folder, 'local')));
      await untilNothingRuns(folder);
    } finally {
      await Promise.all(workers.map(kill));
      await server.stop();
    }
  });

withRedis('a worker that is killed in a job loses nothing', () =>
  survives(async (server, folder, start) => {
    const collector = startClass(server.url, folder);
    const [first] = [start(), start()];
    await server.untilActive(2);
    await kill(first);
    return [await collector.ended];
  }),
);

withRedis('a collector that is killed is continued by the same command', () =>
  survives(async (server, folder, start) => {
    const collector = startClass(server.url, folder);
    start();
    while (gradingsIn(join(folder, 'course/gradebook.db')) < 2) await sleep(20);
    await kill(collector);
    // Meanwhile the worker goes on.
    await sleep(2000);
    return [await startClass(server.url, folder).ended];
  }),
);

withRedis('a server that is killed and started again has lost nothing', () =>
  survives(async (server, folder, start) => {
    const collector = startClass(server.url, folder);
    start();
    start();
    await server.untilActive(2);
    await server.kill();
    await sleep(1000);
    await server.startAgain();
    const run = await collector.ended;
    expect(run.stderr).toMatch(/the connection to \S+ is lost; waiting for it\n[^]*is back\n/u);
    return [run];
  }),
);

withRedis('a worker that is cut off does not count, and takes jobs again when it is back', () =>
  survives(async (server, folder, start) => {
    const network = await networkTo(server.port);
    const distant = startWorker(network.url, folder);
    try {
      const collector = startClass(server.url, folder);
      await server.untilActive(1);
      network.cut(true);
      start();
      await sleep(5000);
      network.cut(false);
      return [await collector.ended];
    } finally {
      await kill(distant);
      network.close();
    }
  }),
);

withRedis('two collectors of one course at once record each grading once', () =>
  survives(async (server, folder, start) => {
    const both = [startClass(server.url, folder), startClass(server.url, folder, 'course/again')];
    start();
    const runs = await Promise.all(both.map(({ ended }) => ended));
    expect(rowsIn(join(folder, 'course/again'))).toEqual(rowsIn(join(folder, 'course/class')));
    return runs;
  }),
);

withRedis('a job whose workers die three times is nobody’s fault, and is graded later', () =>
  inFolder(smallClass(1), async (folder) => {
    const server = await RedisServer.start();
    const workers: Running[] = [];
    const start = () => workers[workers.push(startWorker(server.url, folder)) - 1];
    try {
      const collector = startClass(server.url, folder);
      for (let deaths = 1; deaths <= 3; deaths++) {
        const worker = start();
        await server.untilStarted(deaths);
        await kill(worker);
      }
      // The next worker notices the last death.
      const worker = start();
      const run = await collector.ended;
      expect(run.code).toBe(3);
      expect(run.stderr).toContain('s00: grader-error: infrastructure error: the workers that graded it died');
      expect(gradingsIn(join(folder, 'course/gradebook.db'))).toBe(0);
      expect(await startClass(server.url, folder).ended).toMatchObject({ code: 0 });
      await finish(worker);
      await untilNothingRuns(folder);
    } finally {
      await Promise.all(workers.map(kill));
      await server.stop();
    }
  }),
);

withRedis('a worker that cannot read submissions leaves them to one that can', () =>
  survives(async (server, folder, start) => {
    const unfit = startWorker(server.url, folder, '--submissions', 'elsewhere');
    try {
      await server.untilWorkers(1);
      const collector = startClass(server.url, folder);
      await server.untilStarted(1);
      start();
      return [await collector.ended];
    } finally {
      await kill(unfit);
    }
  }),
);

withRedis('jobs wait for a collector that serves submissions, and was interrupted', () =>
  inFolder(smallClass(STUDENTS), async (folder) => {
    const server = await RedisServer.start();
    const port = await freePort();
    const serving = () => startClass(server.url, folder, 'course/class', '--serve', String(port));
    const worker = startWorker(server.url, folder, '--submissions', `http://127.0.0.1:${port}`);
    try {
      const first = serving();
      await server.untilStarted(1);
      await kill(first);
      // More than three tries of each job, if each were counted.
      await sleep(6000);
      expect(await serving().ended).toMatchObject({ code: 0 });
      expect(gradingsIn(join(folder, 'course/gradebook.db'))).toBe(STUDENTS);
      await finish(worker);
    } finally {
      await kill(worker);
      await server.stop();
    }
  }),
);

withRedis('what failed for an earlier command is tried again', () =>
  inFolder(smallClass(1), async (folder) => {
    const server = await RedisServer.start();
    const unfit = startWorker(server.url, folder, '--submissions', 'elsewhere');
    const workers = [unfit];
    try {
      expect((await startClass(server.url, folder).ended).stderr).toContain('cannot be read');
      // As if the collector had ended before it heard of it.
      const again = startClass(server.url, folder);
      await server.untilStarted(1);
      await kill(again);
      await server.untilFailed(1);
      await kill(unfit);
      workers.push(startWorker(server.url, folder));
      expect(await startClass(server.url, folder).ended).toMatchObject({ code: 0 });
    } finally {
      await Promise.all(workers.map(kill));
      await server.stop();
    }
  }),
);

withRedis('a worker ends although its server is gone', () =>
  inFolder(smallClass(1), async (folder) => {
    const server = await RedisServer.start();
    const worker = startWorker(server.url, folder);
    try {
      await server.untilWorkers(1);
      await server.kill();
      expect(await finish(worker)).toMatchObject({ code: 0 });
    } finally {
      await kill(worker);
      await server.stop();
    }
  }),
);
