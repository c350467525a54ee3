import { expect, test } from '@jest/globals';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { type Entry, NOTHING_GIVEN, replacedBy } from '../gradebook/store/entries.ts';
import { noteOf, placeOf, pointsUpTo, requirePlace } from './entryChecks.ts';

const assignment = assignmentOf('conv2d-gemm');
const FILE = 'src/Im2MatLayer.ts';

test('points have at most two decimals: what is shown is what counts', () => {
  expect(pointsUpTo(1, '0.25', 'x')).toBe(0.25);
  expect(() => pointsUpTo(1, '0.005', 'x')).toThrow('0.005: points have at most two decimals');
  expect(() => pointsUpTo(1, '1.01', 'x')).toThrow('must be a number from 0 to 1 for x');
});

test('a note keeps its lines, as every system writes them, and nothing that cannot be seen', () => {
  expect(noteOf(' first\r\nsecond\u0007\u202e\r\n')).toBe('first\nsecond');
  expect(() => noteOf(' \r\n\u0007')).toThrow('note: say briefly why');
});

test('a comment is about a file, or a line from 1', () => {
  expect(placeOf(assignment, `${FILE}:42`)).toEqual({ file: FILE, line: 42 });
  expect(placeOf(assignment, FILE)).toEqual({ file: FILE, line: 0 });
  for (const line of ['0', '-1', ''])
    expect(() => placeOf(assignment, `${FILE}:${line}`)).toThrow('a line is a number from 1');
  expect(() => placeOf(assignment, 'src/Other.ts:1')).toThrow('is not a deliverable');
  expect(() => placeOf(assignment, '')).toThrow('is not a deliverable');
});

test('a line that the student’s file does not have is refused', async () => {
  const read = async () => JSON.stringify([[FILE, 'one\ntwo\n']]);
  const book = { submissions: { read } } as unknown as CourseGradebook;
  await requirePlace(book, 'd', { file: FILE, line: 2 });
  await requirePlace(book, 'd', {});
  await expect(requirePlace(book, 'd', { file: FILE, line: 3 })).rejects.toThrow(`${FILE}:3: the file has 2 lines`);
  await expect(requirePlace(book, 'd', { file: 'motivation.md' })).rejects.toThrow('motivation.md is missing');
});

test('what a new entry replaces is known', () => {
  const entry = (more: Partial<Entry>): Entry => ({
    ...{ ...NOTHING_GIVEN, id: '', kind: 'deduction', points: 1, note: 'no sources', by: 'A', at: '' },
    ...more,
  });
  const first = entry({});
  expect(replacedBy([first], entry({ points: 0.5, by: 'B' }))).toBe(first);
  expect(replacedBy([first], entry({ criterion: 'a.b' }))).toBeUndefined();
  expect(replacedBy([first, entry({ points: 0 })], entry({}))).toBeUndefined();
  const comment = entry({ kind: 'comment', file: FILE, line: 1 });
  expect(replacedBy([comment], entry({ kind: 'comment', file: FILE, line: 1, by: 'B' }))).toBeUndefined();
});
