import { existsSync, writeFileSync } from 'node:fs';
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
const noDisk = await noSmallDisk();
if (noDisk !== undefined) console.warn(`Full disks of a queue are not tested: ${noDisk}`);
const withDisk = whyNo === undefined && noDisk === undefined ? test : test.skip;

/** Runs work with a server, and ends whatever it has started. */
async function onServer(env: Record<string, string>, work: (server: RedisServer, started: Running[]) => Promise<void>) {
  const server = await RedisServer.start(undefined, { env });
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
      onServer({}, async (server, started) => {
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
        expect(stderr).not.toMatch(/ungradable|itself failed/u);
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

withDisk('a worker whose disk is full costs nobody a point, and another one grades', () =>
  withSmallDisk(60, (disk) =>
    inFolder(smallClass(1), (folder) =>
      onServer({}, async (server, started) => {
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

const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
if (!existsSync(FAKETIME)) console.warn('Jumps of a clock are not tested: faketime not installed');
const withClocks = whyNo === undefined && existsSync(FAKETIME) ? test : test.skip;

withClocks.each(['+1h', '-1h'])(
  'a server whose clock jumps by %s while jobs are graded loses and doubles none',
  (jump) =>
    inFolder(smallClass(3), async (folder) => {
      const clock = join(folder, 'clock');
      const turn = (to: string) => writeFileSync(clock, `${to}\n`);
      turn('+0');
      const faked = { FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
      await onServer({ ...faked, LD_PRELOAD: FAKETIME }, async (server, started) => {
        const collector = startClass(server.url, folder);
        // Their own clocks are wrong as well.
        const late = `data:text/javascript,const{now}=Date;Date.now=()=>now()-36e5`;
        const worker = startGrade(workerArguments(server.url), folder, {
          ...{ ...ownTemporary(folder), NODE_OPTIONS: `--import=${late}` },
        });
        started.push(collector, worker, startWorker(server.url, folder));
        await server.untilActive(1);
        turn(jump);
        expect(await collector.ended).toMatchObject({ code: 0 });
        expect(gradingsIn(join(folder, 'course/gradebook.db'))).toBe(3);
        await runGrade(localClass, folder);
        expect(rowsIn(join(folder, 'course/class'))).toEqual(rowsIn(join(folder, 'local')));
      });
    }),
);
