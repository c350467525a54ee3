import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { descendantsOf } from '../../../grader/isolation/processTree.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { pause } from '../support/pause.ts';
import { noSmallDisk, withSmallDisk } from '../support/smallDisk.ts';
import { gradingsIn } from '../support/gradings.ts';
import { inFolder, type Run, START, startGrade } from '../support/runGrade.ts';

const SUBMISSION = join(ROOT, 'reference/conv2d-gemm');
const ONLY = ['--only', 'im2mat.identity'];
/** WebAssembly reserves gigabytes of address space: under this limit no process of a submission can start. */
const ULIMIT = 'ulimit -v 8000000; exec "$0" "$@"';
const SECONDS = 600;

const onLinux = process.platform === 'linux' ? test : test.skip;

/** Runs the command under a shell's limit. */
const limited = (limit: string, args: readonly string[], cwd: string): Promise<Run> =>
  new Promise((resolve) =>
    execFile('sh', ['-c', limit, process.execPath, START, ...args], { cwd }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  );

onLinux(
  'a limit on address space is the machine’s fault: one line, exit code 3, and no result for a platform',
  () =>
    inFolder({}, async (folder) => {
      const run = await limited(ULIMIT, [SUBMISSION, ...ONLY, '--report', 'gradescope=r.json'], folder);
      expect(run.code).toBe(3);
      expect(run.stderr).toMatch(/^grade: [^\n]+\n$/);
      expect(run.stderr).toMatch(/address space is limited to 7812 MiB \(ulimit -v\)[^\n]+raise the limit/);
      expect(existsSync(join(folder, 'r.json'))).toBe(false);
      expect(existsSync(join(folder, 'reports'))).toBe(false);
    }),
  SECONDS * 1000,
);

onLinux(
  'nor is it recorded for a class: the next run grades it',
  () =>
    inFolder({}, async (folder) => {
      for (const name of ['ada', 'bob']) cpSync(SUBMISSION, join(folder, 'class', name), { recursive: true });
      const args = ['class', 'class', '--assignment', 'conv2d-gemm', ...ONLY, '--out', 'out'];
      const failed = await limited(ULIMIT, args, folder);
      expect(failed.code).toBe(3);
      expect(failed.stderr).toMatch(/the grader or this machine failed at ada, bob: those points are pending/);
      expect(gradingsIn(join(folder, 'gradebook.db'))).toBe(0);
      const { code, stdout } = await startGrade(args, folder).ended;
      expect(stdout).toMatch(/2 graded/);
      expect(code).toBe(0);
    }),
  SECONDS * 1000,
);

/** With so few, files, pipes to compilers, to the suite runner or to the submission's process cannot be opened. */
const FEW_FILES = [24, 27, 30, 33];

onLinux(
  'so is a limit on open files, wherever it is met',
  () =>
    inFolder({}, async (folder) => {
      for (const most of FEW_FILES) {
        const args = [SUBMISSION, ...ONLY, '--report', 'gradescope=r.json'];
        const { code, stderr } = await limited(`ulimit -n ${most}; exec "$0" "$@"`, args, folder);
        expect([most, code]).toEqual([most, 3]);
        expect(stderr).toMatch(/^grade: [^\n]+(?:ulimit -n|those points are pending)[^\n]*\n$/);
        expect(existsSync(join(folder, 'r.json'))).toBe(false);
      }
    }),
  SECONDS * 1000,
);

const noDisk = await noSmallDisk();
if (noDisk !== undefined) test.skip(noDisk, () => {});

/** Kilobytes of a disk that is full while the sources are compiled, and while reports are written. */
const FULL_KB = [60, 130];

(noDisk === undefined ? test : test.skip).each(FULL_KB)(
  'a disk of %i kB is full, and records nothing wrong for a class: with more room, the next run grades everyone',
  (kilobytes) =>
    withSmallDisk(kilobytes, async (disk, grow) => {
      const names = ['ada', 'bob', 'carl'];
      await inFolder({}, async (folder) => {
        for (const name of names) cpSync(SUBMISSION, join(folder, 'class', name), { recursive: true });
        for (const name of names) appendFileSync(join(folder, 'class', name, 'motivation.md'), name);
        const args = ['class', 'class', '--assignment', 'conv2d-gemm', ...ONLY, '--out', join(disk, 'out')];
        const failed = await startGrade(args, folder).ended;
        expect(failed.code).toBe(3);
        expect(failed.stderr).toMatch(/full|no space left/);
        expect(failed.stderr + failed.stdout).not.toMatch(/ungradable/);
        grow();
        const { code, stdout } = await startGrade(args, folder).ended;
        expect(stdout).toMatch(/3 submissions, 3 graded/);
        expect(code).toBe(0);
      });
    }),
  SECONDS * 1000,
);

/** Moments at which the command starts, compiles, loads and examines, approximately. */
const MOMENTS_MS = [150, 400, 700, 1000];
const PAUSE_MS = 6000;

onLinux(
  'a machine that pauses for longer than every deadline costs nothing',
  () =>
    inFolder({}, async (folder) => {
      const runs = await Promise.all(MOMENTS_MS.map((moment, i) => pausedRun(folder, `out${i}`, moment)));
      for (const { code, stderr, stdout } of runs) {
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).toMatch(/1 of 1/);
      }
    }),
  SECONDS * 1000,
);

/** Runs the command; all its processes are stopped after a while, and continued later. */
async function pausedRun(folder: string, out: string, moment: number): Promise<Run> {
  const { child, ended } = startGrade([SUBMISSION, ...ONLY, '--out', out], folder);
  await sleep(moment);
  await pause(descendantsOf(child.pid!), PAUSE_MS);
  return ended;
}
