import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readRecipes } from '@im2grade/handout';
import { criteriaOf } from '../../grader/model/assignment.ts';
import { toJson } from '../../grader/report/json/writeJson.ts';
import { entry } from '../../skeleton/conv2d-gemm/src/entry.ts';
import { assignmentOf, deliverablesIn, gradeFiles, ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const SUBMISSION = join(ROOT, 'examples/submission');
const assignment = assignmentOf('conv2d-gemm');

test('replay.yaml speaks of criteria and functions that exist', () => {
  const { itself, functions, axes } = readRecipes(assignment.folders.skeleton);
  const ids = criteriaOf(assignment).map(({ id }) => id);
  expect([...itself.buffer, ...itself.others].filter((id) => !ids.includes(id))).toEqual([]);
  expect(functions.filter(({ name }) => !Object.hasOwn(entry, name))).toEqual([]);
  const arrays = functions.flatMap(({ inputs, outputs }) => [
    ...Object.values(inputs),
    ...Object.values(outputs).map((output) => output.axes),
  ]);
  expect(arrays.flat().filter((axis) => !Object.hasOwn(axes, axis))).toEqual([]);
});

test('grade replay runs a report’s counterexample on a submission, in its own process', () =>
  inFolder({}, async (folder) => {
    const files = deliverablesIn(assignment, SUBMISSION);
    writeFileSync(join(folder, 'r.json'), toJson(await gradeFiles(assignment, 'ada', files, ['im2mat.padding'], 5)));
    const wrong = await runGrade(['replay', 'r.json', '--submission', SUBMISSION], folder);
    expect(wrong.stdout).toMatch(/✗ im2mat\.padding[^]*first wrong element OUT\[/);
    expect({ code: wrong.code, stderr: wrong.stderr }).toEqual({ code: 1, stderr: '' });
    const right = await runGrade(['replay', 'r.json', '-s', join(ROOT, 'examples/complete')], folder);
    expect(right).toEqual({
      code: 0,
      stdout: '✓ im2mat.padding  Im2Mat with padding: Im2Mat gives what is expected\n',
      stderr: '',
    });
  }));

test('a report without counterexamples, or none at all, is told in one line', () =>
  inFolder({}, async (folder) => {
    const files = deliverablesIn(assignment, join(ROOT, 'examples/complete'));
    writeFileSync(join(folder, 'r.json'), toJson(await gradeFiles(assignment, 'ada', files, ['im2mat.identity'], 5)));
    expect(await runGrade(['replay', 'r.json', '-s', SUBMISSION], folder)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'grade: r.json holds no counterexample\n',
    });
    expect((await runGrade(['replay', 'r.json', 'im2mat.colour', '-s', SUBMISSION], folder)).stderr).toBe(
      'grade: r.json says nothing about "im2mat.colour"; it has im2mat.identity\n',
    );
  }));
