import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { inFolder } from '../../tests/support/runGrade.ts';
import { readAssignment } from './readAssignment.ts';

const GOOD = readFileSync('skeleton/conv2d-gemm/assignment.yaml', 'utf8');

const read = (text: string) =>
  inFolder({ 'assignment.yaml': text }, async (folder) =>
    readAssignment('x', { skeleton: folder, reference: folder, tests: folder }),
  );

test('a good file is read', async () => expect((await read(GOOD)).title).toContain('conv2d'));

test.each([
  [
    'an unknown field',
    GOOD.replace('version: 1', 'version: 1\ncolour: red'),
    /assignment\.yaml:1:1: : Unrecognized key: "colour"/,
  ],
  [
    'points that are no number',
    GOOD.replace('points: 3', 'points: many'),
    /assignment\.yaml:\d+:\d+: rubric\.0\.criteria\.0\.points: /,
  ],
  [
    'an id used twice',
    GOOD.replace('id: im2mat.padding', 'id: im2mat.definition'),
    /:\d+:\d+: rubric\.0\.criteria\.1\.id: "im2mat\.definition" is used twice/,
  ],
  [
    'a need that is not above',
    GOOD.replace(/(&question1\s+\[\s*)im2mat\.definition/, '$1im2mat.colour'),
    /"im2mat\.colour" is not a criterion above this one/,
  ],
  [
    'an examined file that is no deliverable',
    GOOD.replace('examines: [motivation.md]', 'examines: [essay.md]'),
    /"essay\.md" is not a deliverable/,
  ],
  ['broken YAML', GOOD.replace('rubric:', 'rubric: ['), /assignment\.yaml: .* at line \d+/],
])('%s is refused with file and line', async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});
