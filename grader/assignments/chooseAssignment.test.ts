import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { inFolder } from '../../tests/e2e/support/runGrade.ts';
import { UsageError } from '../model/errors.ts';
import { chooseAssignment } from './chooseAssignment.ts';
import { findAssignment } from './findAssignments.ts';

const GOOD = readFileSync('skeleton/conv2d-gemm/assignment.yaml', 'utf8');
const FILES = {
  'skeleton/nn/package.json': '{}',
  'skeleton/good/src/entry.ts': '',
  'skeleton/good/src/Im2MatLayer.ts': 'export class Im2MatLayer {}',
  'skeleton/good/src/Conv2DLayer.ts': 'export class Conv2DLayer {}',
  'skeleton/good/src/classify.ts': 'export function tuned() {}',
  'skeleton/good/assignment.yaml': GOOD,
  'skeleton/broken/assignment.yaml': GOOD.replace('points: 3', 'points: many'),
};
const { 'skeleton/broken/assignment.yaml': _, ...WITHOUT_BROKEN } = FILES;
const names = () => Promise.resolve(['src/Im2MatLayer.ts', 'src/Conv2DLayer.ts', 'src/classify.ts']);
const BROKEN = /skeleton\/broken\/assignment\.yaml:\d+:\d+: rubric\.0\.criteria\.0\.points: /;

test('a broken assignment is reported if another one fits, and ignored if another one is named', () =>
  inFolder(FILES, async (root) => {
    const chosen = chooseAssignment(root, undefined, 'ada', names);
    await expect(chosen).rejects.toThrow(BROKEN);
    await expect(chosen).rejects.toBeInstanceOf(UsageError);
    expect(() => findAssignment(root, 'broken')).toThrow(BROKEN);
    expect((await chooseAssignment(root, 'good', 'ada', names)).id).toBe('good');
  }));

test('a missing assignment.yaml of an assignment that has suites is named, and not the submission', () =>
  inFolder({ ...WITHOUT_BROKEN, 'skeleton/bare/src/entry.ts': '', 'tests/bare/1.suite.ts': '' }, async (root) => {
    const missing = /skeleton\/bare\/assignment\.yaml: cannot be read: no such file$/;
    expect(() => findAssignment(root, 'bare')).toThrow(missing);
    await expect(chooseAssignment(root, undefined, 'ada', names)).rejects.toThrow(missing);
  }));

test.each([
  ['src/Im2MatLayer.ts', 'conv2d-gemm'],
  ['hand-in/models/lenet.onnx', 'cifar-nets'],
  ['models/first/model.json', 'cifar-nets'],
])('%s is of %s: a model is there in any of its forms', async (name, id) =>
  expect((await chooseAssignment('.', undefined, 'ada', () => Promise.resolve([name]))).id).toBe(id),
);
