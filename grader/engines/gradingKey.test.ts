import { expect, test } from '@jest/globals';
import { assignmentOf, ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import type { Assignment, Criterion } from '../model/assignment.ts';
import { programDigests, rubricDigest } from './gradingKey.ts';

const assignment = assignmentOf('conv2d-gemm');

/** The assignment with another first criterion. */
const withFirst = (change: Partial<Criterion>): Assignment => {
  const [{ criteria, ...group }, ...groups] = assignment.rubric;
  const [first, ...others] = criteria;
  return { ...assignment, rubric: [{ ...group, criteria: [{ ...first, ...change }, ...others] }, ...groups] };
};

test.each<[string, Assignment]>([
  ['points', withFirst({ points: 77 })],
  ['the title of a criterion', withFirst({ title: 'another' })],
  ['the text of a criterion', withFirst({ asks: 'another' })],
  ['the title', { ...assignment, title: 'another' }],
])('%s change no examination, and the score', (_, changed) => {
  expect(programDigests(ROOT, changed)).toEqual(programDigests(ROOT, assignment));
  expect(rubricDigest(changed)).not.toBe(rubricDigest(assignment));
});

test.each<[string, Assignment]>([
  ['the late policy', { ...assignment, late: { perDay: 10 } as never }],
  ['the cap of the bonus', { ...assignment, bonus: { cap: 3, withinMaximum: false } }],
])('%s changes no examination', (_, changed) =>
  expect(programDigests(ROOT, changed)).toEqual(programDigests(ROOT, assignment)),
);

test.each<[string, Assignment]>([
  ['a tolerance', withFirst({ settings: { tolerance: 1 } })],
  ['what a criterion needs', withFirst({ needs: ['a.b'] })],
  ['who may see it', withFirst({ visibility: 'after-due' })],
  ['a limit', { ...assignment, limits: { ...assignment.limits, callSeconds: 99 } }],
  ['the version', { ...assignment, version: 99 }],
])('%s changes how work is examined', (_, changed) =>
  expect(programDigests(ROOT, changed).assignment).not.toBe(programDigests(ROOT, assignment).assignment),
);
