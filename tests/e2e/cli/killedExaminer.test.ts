import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { ScoreReport } from '../../../grader/model/report.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { running, signal } from '../support/processes.ts';
import { gradingsIn } from '../support/gradings.ts';
import { inFolder, type Run, runGrade, startGrade } from '../support/runGrade.ts';

const SUBMISSION = join(ROOT, 'reference/conv2d-gemm');
const ONLY = ['--only', 'im2mat'];
const EVERY_MS = 10;
const SECONDS = 300;

const onLinux = process.platform === 'linux' ? test : test.skip;

/** Runs the command, and kills this many of its examining processes in the middle of their examinations. */
async function killed(times: number, args: readonly string[], cwd: string): Promise<Run> {
  const { child, ended } = startGrade(args, cwd);
  let isRunning = true;
  void ended.then(() => (isRunning = false));
  const dead = new Set<number>();
  while (isRunning && dead.size < times) {
    await sleep(EVERY_MS);
    const [examiner] = running('suiteRunner', child.pid!).filter((pid) => !dead.has(pid));
    if (examiner === undefined || running('implementation', examiner).length === 0) continue;
    if (signal(examiner, 'SIGKILL')) dead.add(examiner);
  }
  expect(dead.size).toBe(times);
  return ended;
}

const reportIn = (...path: string[]): ScoreReport => ScoreReport.parse(JSON.parse(readFileSync(join(...path), 'utf8')));

onLinux(
  'an examining process that is killed once costs nothing',
  () =>
    inFolder({}, async (folder) => {
      const { code, stderr, stdout } = await killed(1, [SUBMISSION, ...ONLY], folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/15 of 15/);
    }),
  SECONDS * 1000,
);

onLinux(
  'one that is killed again leaves no result: exit code 3, no export, and an earlier report is unchanged',
  () =>
    inFolder({}, async (folder) => {
      const reports = join(folder, 'reports/conv2d-gemm');
      const command = [SUBMISSION, ...ONLY, '--report', 'gradescope=r.json'];
      await runGrade([SUBMISSION, ...ONLY], folder);
      const before = readFileSync(join(reports, 'report.json'), 'utf8');

      const { code, stdout, stderr } = await killed(2, command, folder);
      expect(code).toBe(3);
      expect(stderr).toMatch(/^grade: the grader or this machine failed at im2mat\.[^\n]+ no result was sent anywhere/);
      expect(stdout).toContain('This is not a result; an earlier report is unchanged.');
      expect(existsSync(join(folder, 'r.json'))).toBe(false);
      expect(readFileSync(join(reports, 'report.json'), 'utf8')).toBe(before);

      const failed = join(reports, 'report.failed.json');
      const lost = reportIn(failed).outcomes.filter(({ status }) => status !== 'passed');
      expect(new Set(lost.map(({ status }) => status))).toEqual(new Set(['grader-error']));
      expect(lost[0].reason).toMatch(/^the examination ended without a result/);
      const exported = await runGrade(['export', 'canvas', failed], folder);
      expect(exported).toMatchObject({ code: 2, stdout: '' });
      expect(exported.stderr).toMatch(/report\.failed\.json is not a result: the grader failed at im2mat\./);

      await runGrade(command, folder);
      expect(readdirSync(reports).sort()).toEqual(['report.html', 'report.json']);
    }),
  SECONDS * 1000,
);

onLinux(
  'nor is it recorded for a class: the next run grades it',
  () =>
    inFolder({}, async (folder) => {
      cpSync(SUBMISSION, join(folder, 'class/ada'), { recursive: true });
      const args = ['class', 'class', '--assignment', 'conv2d-gemm', ...ONLY, '--out', 'out'];
      const failed = await killed(2, args, folder);
      expect(failed.code).toBe(3);
      expect(failed.stderr).toMatch(/the grader or this machine failed at ada: those points are pending/);
      expect(gradingsIn(join(folder, 'gradebook.db'))).toBe(0);
      expect(readdirSync(join(folder, 'out/ada')).sort()).toEqual(['report.failed.html', 'report.failed.json']);
      expect(readFileSync(join(folder, 'out/class.html'), 'utf8')).toContain('<a href="ada/report.failed.html">');
      const { code } = await runGrade(args, folder);
      expect(code).toBe(0);
      expect(readdirSync(join(folder, 'out/ada')).sort()).toEqual(['report.html', 'report.json']);
    }),
  SECONDS * 1000,
);
