import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { gradingsIn } from '../support/gradings.ts';
import { inFolder, runGrade, startGrade } from '../support/runGrade.ts';
import { fill, noSmallDisk, withSmallDisk } from '../support/smallDisk.ts';
import { RedisServer, whyNoRedis } from './redis.ts';
import { rowsIn, smallClass } from './smallClass.ts';
import {
  finish,
  kill,
  localClass,
  ownTemporary,
  type Running,
  startClass,
  startWorker,
  workerArguments,
} from './workers.ts';

const whyNo = whyNoRedis();
if (whyNo !== undefined) console.warn(`Faults of the machines behind a queue are not tested: ${whyNo}`);
const withRedis = whyNo === undefined ? test : test.skip;
const noDisk = await noSmallDisk();
if (noDisk !== undefined) console.warn(`Full disks of a queue are not tested: ${noDisk}`);
const withDisk = whyNo === undefined && noDisk === undefined ? test : test.skip;

/** Runs work with a server, and ends whatever it has started. */
async function onServer(work: (server: RedisServer, started: Running[]) => Promise<void>) {
  const server = await RedisServer.start();
  const started: Running[] = [];
  try {
    await work(server, started);
  } finally {
    await Promise.all(started.map(kill));
    await server.stop();
  }
}

withDisk('a collector whose disk is full fails, and with more room records every grading once', () =>
  withSmallDisk(2500, (disk, grow) =>
    inFolder(smallClass(3), (folder) =>
      onServer(async (server, started) => {
        const out = join(disk, 'class');
        const collect = () => {
          const collector = startClass(server.url, folder, out, '--gradebook', join(disk, 'gradebook.db'));
          started.push(collector);
          return collector.ended;
        };
        const full = collect();
        const worker = startWorker(server.url, folder, '--submissions', join(disk, 'gradebook/submissions'));
        started.push(worker);
        await server.untilActive(1);
        fill(disk);
        const { code, stderr } = await full;
        expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(/full|make room/u) as unknown });
        // One of the class handed in no code.
        expect(stderr.replace(/^\S+ zz: ungradable: .*$/mu, '')).not.toMatch(/ungradable|itself failed/u);
        grow();
        expect(await collect()).toMatchObject({ code: 0 });
        expect(gradingsIn(join(disk, 'gradebook.db'))).toBe(3);
        await finish(worker);
        await runGrade(localClass, folder);
        expect(rowsIn(out)).toEqual(rowsIn(join(folder, 'local')));
      }),
    ),
  ),
);

withDisk('a worker whose disk is full costs no points, and another one grades', () =>
  withSmallDisk(60, (disk) =>
    inFolder(smallClass(1), (folder) =>
      onServer(async (server, started) => {
        const failing = startGrade(workerArguments(server.url), folder, { TMPDIR: disk });
        started.push(failing);
        const { code, stderr } = await startClass(server.url, folder).ended;
        expect(code).toBe(3);
        expect(stderr).toMatch(/s00: grader-error: infrastructure error: [^\n]*(?:full|no space left)/u);
        expect(gradingsIn(join(folder, 'course/gradebook.db'))).toBe(0);
        await finish(failing);
        started.push(startWorker(server.url, folder));
        expect(await startClass(server.url, folder).ended).toMatchObject({ code: 0 });
      }),
    ),
  ),
);

/** A clock of a process that is wrong by an hour. */
const wrongBy = (hours: number) => ({
  NODE_OPTIONS: `--import=data:text/javascript,const{now}=Date;Date.now=()=>now()+${hours * 3_600_000}`,
});

withRedis('a server whose clock jumps, and workers whose clocks are hours apart, lose and double nothing', () =>
  inFolder(smallClass(3), (folder) =>
    onServer(async (server, started) => {
      const collector = startClass(server.url, folder);
      const workers = [-1, 1].map((hours) =>
        startGrade(workerArguments(server.url), folder, { ...ownTemporary(folder), ...wrongBy(hours) }),
      );
      started.push(collector, ...workers);
      await server.untilActive(2);
      // When a clock jumps ahead, all that was to be kept for seconds has expired. Debian's server does not run with libfaketime.
      await server.with(async (redis) => {
        for (const key of [...(await redis.keys('bull:*:lock')), ...(await redis.keys('im2grade:worker:*'))])
          await redis.pexpire(key, 1);
      });
      expect(await collector.ended).toMatchObject({ code: 0 });
      expect(gradingsIn(join(folder, 'course/gradebook.db'))).toBe(3);
      await Promise.all(workers.map(finish));
      await runGrade(localClass, folder);
      expect(rowsIn(join(folder, 'course/class'))).toEqual(rowsIn(join(folder, 'local')));
    }),
  ),
);
