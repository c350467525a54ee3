import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { criteriaOf } from '../../../grader/model/assignment.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const rubric = (cwd: string, ...args: string[]) => runGrade(['rubric', ...args], cwd);

test('the table has a row for each criterion, with its points and who sees it', async () => {
  const { code, stdout, stderr } = await rubric('.', 'conv2d-gemm');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const { id, points } of criteriaOf(assignmentOf('conv2d-gemm')))
    expect(stdout).toMatch(new RegExp(`^  ${id.replaceAll('.', '\\.')} +\\+?${points}$`, 'mu'));
  expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  const { rubric: rows } = JSON.parse((await rubric('.', 'conv2d-gemm', '--json')).stdout) as { rubric: object[] };
  expect(rows).toEqual(assignmentOf('conv2d-gemm').rubric);
});

test('nothing is unclear in a rubric of ours', async () => {
  expect(await rubric('.', 'conv2d-gemm', '--lint')).toMatchObject({ code: 0, stdout: 'Nothing is unclear.\n' });
});

test('the page of a mutant is the one that a student with this mistake sees', () =>
  inFolder({}, async (folder) => {
    const preview = ['modular-nets', '--preview', 'conv-down-bias-sum', '--out', 'pages'];
    const { code, stdout } = await rubric(folder, ...preview);
    const saved = join('pages/modular-nets', `${preview[2]}.html`);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `Saved ${saved}\n` });
    expect(readFileSync(join(folder, saved), 'utf8')).toMatch(/^<!doctype html>/iu);
  }));

test('a mutant that does not fit its solution any more is named in one line, and so is that there is none', () =>
  inFolder({}, async (folder) => {
    cpSync(join(ROOT, 'examples/course'), join(folder, 'course'), { recursive: true });
    const preview = () => rubric(folder, 'batch-norm', '--preview', 'batch-norm-first-only', '--course', 'course');
    const solution = join(folder, 'course/reference/batch-norm/src/batchNorm.ts');
    writeFileSync(solution, readFileSync(solution, 'utf8').replaceAll('let d = 0', 'let d = +0'));
    expect(await preview()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^grade: mutant batch-norm-first-only: "[^\n]*" occurs nowhere in src\/batchNorm\.ts\n$/u,
      ) as unknown,
    });
    rmSync(join(folder, 'course/tests/batch-norm/mutants'), { recursive: true });
    expect(await preview()).toMatchObject({
      code: 2,
      stderr: 'grade: tests/batch-norm/mutants has no batch-norm-first-only.yaml; it has none\n',
    });
  }));

test('what cannot be shown is refused in one line', async () => {
  expect(await rubric('.', 'modular-nets', '--preview', 'none')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^grade: tests\/modular-nets\/mutants has no none\.yaml; it has [^\n]*\n$/,
    ) as unknown,
  });
  expect(await rubric('.', 'modular-nets', '--preview', 'none', '--lint')).toMatchObject({
    code: 2,
    stderr: 'grade: --lint and --preview exclude each other\n',
  });
});
