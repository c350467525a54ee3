import { describe, expect, test } from '@jest/globals';
import { Assignment, type Criterion } from '../model/assignment.ts';
import { LatePolicy } from '../model/latePolicy.ts';
import { lintRubric } from './lintRubric.ts';

const row = (id: string, more: Partial<Criterion> = {}) => ({
  id,
  title: `Title of ${id}`,
  asks: 'What must hold of it.',
  points: 1,
  kind: 'correctness',
  visibility: 'visible',
  examines: ['src/a.ts'],
  ...more,
});

/** What is said of the rows of a rubric. */
function lintsOf(rows: readonly object[], more: Partial<Assignment> = {}): string[] {
  const assignment = Assignment.parse({
    title: 'A',
    version: 1,
    entry: 'src/entry.ts',
    deliverables: [{ path: 'src/a.ts' }],
    limits: { fileBytes: 1, buildSeconds: 1, loadSeconds: 1, callSeconds: 1, memoryMiB: 1 },
    rubric: [{ group: 'G', criteria: rows }],
  });
  return lintRubric({ ...assignment, ...more }).map(({ id, problem }) => `${id}: ${problem}`);
}

test('nothing is said of rows that are clear', () => {
  expect(lintsOf([row('a.b'), row('a.c', { visibility: 'hidden', needs: ['a.b'] })])).toEqual([]);
});

describe('what is unclear is named', () => {
  test.each([
    [[row('a.b', { asks: 'Title of a.b' })], /^a\.b: asks "Title of a\.b" says no more than the title/],
    [[row('a.b', { asks: '“title” of A.b.' })], /says no more than the title/],
    [[row('a.b', { asks: '. . .' })], /says no more than the title/],
    [[row('a.b', { asks: 'TODO say what is asked' })], /^a\.b: its text is unfinished/],
    [[row('a.b', { notMeasurable: 'no data' })], /^a\.b: nobody can earn its points: no data/],
    [[row('a.b', { bonus: true })], /^a\.b: nobody can earn its bonus: bonus.cap is 0/],
    [[row('a.b', { points: 0, notMeasurable: 'no data' }), row('a.c', { needs: ['a.b'] })], /^a\.c: needs a\.b, which/],
    [[row('a.b'), row('a.c', { title: 'Title of a.b' })], /^a\.c: has the title of a\.b, in the same group G/],
  ])('%j', (rows, message) => {
    expect(lintsOf(rows)).toEqual([expect.stringMatching(message)]);
  });
});

test('inputs that are shown after the due date must not be those of hidden criteria if late work is accepted', () => {
  const rows = [row('a.b', { visibility: 'after-due' }), row('a.c', { visibility: 'hidden' })];
  expect(lintsOf(rows)).toEqual([]);
  const late = LatePolicy.parse([{ within: '7 days', keep: '50%' }]);
  expect(lintsOf(rows, { late })).toEqual(['a.b: is after-due, and late work is accepted: it may show inputs of a.c']);
});
