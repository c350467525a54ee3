import { expect, test } from '@jest/globals';
import { becauseOf } from './becauseOf.ts';

const graded = { assignment_sources: 'a', grader_sources: 'g', seed: 1, machine: 'CPU, 2 cores, strict' };

test.each([
  ['nothing', {}, ['measured again']],
  ['the assignment', { assignment_sources: 'b' }, ['assignment']],
  ['the grader', { grader_sources: 'h' }, ['grader']],
  ['the seed', { seed: 2 }, ['seed']],
  ['the machine', { machine: 'CPU, 4 cores, strict' }, ['machine']],
  ['the isolation', { machine: 'CPU, 2 cores, reduced' }, ['isolation']],
  ['the grader on another machine', { grader_sources: 'h', machine: 'CPU, 4 cores, strict' }, ['grader', 'machine']],
  [
    'the assignment, and the work is refused before a machine examines it',
    { assignment_sources: 'b', machine: '' },
    ['assignment'],
  ],
  ['nothing, and the work is refused', { machine: '' }, ['measured again']],
])('after a change of %s', (_, change, because) =>
  expect(becauseOf([graded, graded], [{ ...graded, ...change }], true)).toEqual(because),
);

test('only what the criteria are worth has changed: the assignment is the reason', () =>
  expect(becauseOf([graded], [graded], false)).toEqual(['assignment']));

test('all gradings of an attempt are compared, not the first one only', () => {
  const timed = { ...graded, assignment_sources: 'old' };
  expect(becauseOf([graded, timed], [graded, graded], true)).toEqual(['assignment']);
});
