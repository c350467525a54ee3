import { appendFileSync, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ScoreReport } from '../../../grader/model/report.ts';
import { gradedBefore } from '../support/gradedBefore.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, type Run, runGrade } from '../support/runGrade.ts';

const SUBMISSION = join(ROOT, 'reference/conv2d-gemm');
const QUICK = ['--assignment', 'conv2d-gemm', '--only', 'im2mat.identity', 'question3.motivation'];
const BY = ['--by', 'Grace'];

async function ok(args: readonly string[], folder: string): Promise<Run> {
  const run = await runGrade(args, folder);
  expect({ code: run.code, stderr: run.code === 0 ? '' : run.stderr }).toEqual({ code: 0, stderr: '' });
  return run;
}

const earned = (folder: string, name: string) =>
  ScoreReport.parse(JSON.parse(readFileSync(join(folder, 'reports/hw', name, 'report.json'), 'utf8'))).totals.earned;

const total = async (folder: string, name: string) => {
  const { stdout } = await ok(['gradebook', '--json'], folder);
  const { students } = JSON.parse(stdout) as { students: { name: string; total: number }[] };
  return students.find((student) => student.name === name)?.total;
};

test(
  'a regrading shows who gains and why, changes nothing until it is applied, and is undone by one command',
  () =>
    inFolder({}, async (folder) => {
      for (const name of ['ada', 'bob']) cpSync(SUBMISSION, join(folder, 'hw', name), { recursive: true });
      appendFileSync(join(folder, 'hw/bob/motivation.md'), '\nby bob\n');
      await ok(['class', 'hw', ...QUICK], folder);
      await ok(['manual', 'ada', 'question3.motivation', '4', '--note', 'good', ...BY], folder);
      await ok(['regrade', 'conv2d-gemm', ...BY], folder).then(({ stdout }) =>
        expect(stdout).toBe('2 attempts unchanged\n'),
      );
      gradedBefore(folder, 0);
      await ok(['override', 'bob', 'question3.motivation', '2', '--note', 'short', ...BY], folder);
      await ok(['comment', 'ada', 'Well done.', ...BY], folder);
      const shown = await ok(['regrade', 'conv2d-gemm', ...BY, '--json', '--html', 'diff.html'], folder);
      const { items } = JSON.parse(shown.stdout) as {
        items: { students: string; before: number; after: number; because: string[] }[];
      };
      expect(items.map(({ students, before, after }) => [students, before, after])).toEqual([
        ['ada', 4, 5],
        ['bob', 2, 3],
      ]);
      // The strict tier may reach the temporary folder of a regrading, and not that of this class.
      expect(items[0].because.filter((reason) => reason !== 'isolation')).toEqual(['grader']);
      expect(items[0]).toMatchObject({
        criteria: [{ id: 'im2mat.identity', before: '0 of 1', after: '1 of 1' }],
      });
      expect(readFileSync(join(folder, 'diff.html'), 'utf8')).toContain('im2mat.identity');
      expect(await total(folder, 'ada')).toBe(4);

      const onlyOther = await ok(['regrade', 'conv2d-gemm', '--apply', '--only', 'im2mat.batch', ...BY], folder);
      expect(onlyOther.stdout).toContain('Nothing to apply');
      expect(await total(folder, 'ada')).toBe(4);
      const applied = await ok(['regrade', 'conv2d-gemm', '--apply', '--only', 'im2mat.identity', ...BY], folder);
      expect(applied.stdout).toContain('2 gain 2 points in all; 0 attempts unchanged\nApplied to 2 attempts');
      expect(await total(folder, 'ada')).toBe(5);
      expect(earned(folder, 'ada')).toBe(5);
      const undone = await ok(['regrade', 'conv2d-gemm', '--undo', ...BY], folder);
      expect(undone.stdout).toMatch(
        /^Undone for 2 attempts\nThe class’s page and table in .*hw are as before; grade class/,
      );
      expect(await total(folder, 'ada')).toBe(4);
      expect(earned(folder, 'ada')).toBe(4);
      // Grading the class anew keeps what was decided.
      const again = await ok(['class', 'hw', '--assignment', 'conv2d-gemm', '--only', 'im2mat.identity'], folder);
      expect(again.stderr).not.toContain('failed');
      expect(await total(folder, 'ada')).toBe(4);
      const history = await ok(['history', 'ada'], folder);
      expect(history.stdout).toMatch(/regraded: 0 → 1, undone \d{4}-\d\d-\d\d, by Grace/);
      expect(history.stdout).toMatch(/points: question3\.motivation: 4 \(good\), by Grace/);
    }),
  600_000,
);

test(
  'what was published of some criteria stays, is named, and gives way when the rest is published or applied',
  () =>
    inFolder({}, async (folder) => {
      for (const name of ['ada', 'bob']) cpSync(SUBMISSION, join(folder, 'hw', name), { recursive: true });
      appendFileSync(join(folder, 'hw/bob/motivation.md'), '\nby bob\n');
      const classOf = (...only: string[]) =>
        ok(['class', 'hw', '--assignment', 'conv2d-gemm', '--only', ...only], folder);
      const ID = 'conv2d-gemm';
      const totals = async () => [await total(folder, 'ada'), await total(folder, 'bob')];
      const line =
        'grade: 2 published results of fewer criteria still count: ada, bob; grade publish conv2d-gemm publishes the new ones, grade regrade conv2d-gemm shows the difference';
      await classOf('im2mat.identity');
      await ok(['publish', ID, ...BY], folder);
      const before = await totals();
      for (let again = 0; again < 2; again++)
        expect((await classOf('im2mat.identity', 'im2mat.batch')).stderr).toContain(line);
      expect(await totals()).toEqual(before);
      expect((await ok(['history', 'ada'], folder)).stdout.match(/graded: /gu)).toHaveLength(2);
      const shown = JSON.parse((await ok(['regrade', ID, ...BY, '--json'], folder)).stdout) as {
        items: { because: string[]; criteria: { id: string }[] }[];
      };
      expect(shown.items).toHaveLength(2);
      expect(shown.items[0].because).toContain('more criteria');
      expect(shown.items[0].criteria.map(({ id }) => id)).toEqual(['im2mat.batch']);

      await ok(['regrade', ID, '--apply', ...BY], folder);
      const [after] = await totals();
      expect(after).toBeGreaterThan(before[0]!);
      await ok(['regrade', ID, '--undo', ...BY], folder);
      // What was decided on is not published instead.
      await ok(['publish', ID, ...BY], folder);
      expect(await totals()).toEqual(before);

      expect((await classOf('im2mat')).stderr).toContain(line);
      expect((await ok(['publish', ID, ...BY], folder)).stdout).toContain('Published 2 new or changed scores');
      expect((await totals())[0]).toBeGreaterThan(after!);
      expect((await totals())[0]).toBe(earned(folder, 'ada'));
      expect((await classOf('im2mat')).stderr).not.toContain('published');
    }),
  600_000,
);
