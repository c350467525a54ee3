import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordClass } from '../test/exampleCourse.ts';
import { CRITERION, type Example, openExample } from '../test/openExample.ts';

let example: Example;
let teams: string[];
beforeAll(async () => {
  example = await openExample();
  teams = await recordClass(example.book, example.assignment, 1);
});
afterAll(() => example?.close());

const pageOf = async (criterion: string) =>
  (await example.as('Grace')).read(`/a/conv2d-gemm/marking/${criterion}/${teams[0]}/`);

test('who grades a criterion sees what the grader found for it, and nothing of another', async () => {
  const lost = await pageOf('im2mat.padding');
  expect(lost).toMatch(/What the grader shows.*Your code threw an error.*two elements differ/su);
  expect(await pageOf(CRITERION)).not.toContain('What the grader shows');
});
