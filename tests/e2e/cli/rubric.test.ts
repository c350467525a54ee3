import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { criteriaOf } from '../../../grader/model/assignment.ts';
import { assignmentOf } from '../support/gradeFiles.ts';
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
