import { expect, test } from '@jest/globals';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { Finding, Status } from '../model/outcome.ts';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import type { HandInTimes } from './handInTimes.ts';
import { scoreFindings, totalsOf } from './score.ts';

const assignment = assignmentOf('conv2d-gemm');

/** Findings for all criteria: `passed`, except those that are named. */
const findings = (but: Record<string, { status: Status; credit?: number }>): Finding[] =>
  criteriaOf(assignment).map(({ id }) => {
    const { status, credit = 0 } = but[id] ?? { status: 'passed', credit: 1 };
    return { id, status, credit, reason: '', substituted: [], seconds: 0, evidence: [] };
  });

const totals = (but: Parameters<typeof findings>[0], rules: Partial<Assignment> = {}, times?: HandInTimes) =>
  totalsOf(
    { ...assignment, ...rules },
    scoreFindings(assignment, findings(but), (id) => id),
    times,
  );

test('if all passed, all points are earned, and the bonus is separate', () => {
  expect(totals({})).toEqual({ earned: 100, possible: 100, bonus: 3, all: 100, pending: [], provisional: false });
});

test('failed and not attempted earn nothing but are possible points; a share earns its share', () => {
  const { earned, possible } = totals({
    'im2mat.stride': { status: 'failed' },
    'conv2d.bias': { status: 'not-attempted' },
    'speed.training': { status: 'partial', credit: 0.3333 },
  });
  expect([earned, possible]).toEqual([100 - 2 - 2 - 4 + 1.33, 100]);
});

test.each(['inconclusive', 'grader-error', 'manual', 'not-measurable', 'blocked'] as const)(
  '%s is pending: neither earned nor possible, but listed',
  (status) => {
    const { earned, possible, pending, provisional } = totals({ 'conv2d.forward': { status } });
    expect([earned, possible, provisional]).toEqual([96, 96, true]);
    expect(pending).toEqual([{ id: 'conv2d.forward', points: 4, status }]);
  },
);

const WITHIN = { bonus: { cap: 3, withinMaximum: true } };

test('if the assignment says so, bonus makes up for lost points up to the maximum', () => {
  expect(totals({}, WITHIN)).toMatchObject({ earned: 100, bonus: 0 });
  expect(totals({ 'im2mat.stride': { status: 'failed' } }, WITHIN)).toMatchObject({ earned: 98, bonus: 2 });
  expect(totals({ 'conv2d.forward': { status: 'failed' } }, WITHIN)).toMatchObject({ earned: 96, bonus: 3 });
});

test('bonus of one part does not make up for lost points of another', () => {
  const rubric = assignment.rubric.map((group) => ({
    ...group,
    part: group.group.startsWith('Accuracy') ? 'accuracy' : 'the rest',
  }));
  const but = { 'im2mat.stride': { status: 'failed' }, 'accuracy.curve': { status: 'partial', credit: 0.5 } } as const;
  expect(totals(but, { ...WITHIN, rubric })).toMatchObject({ earned: 96.5, bonus: 1.5 });
});

test('late work keeps its earned points, and what counts is separate, bonus included', () => {
  const late = [{ within: { days: 7, seconds: 0 }, keep: 0.5 }];
  const times = { dueAt: '2026-11-20T09:00:00.000Z', handedInAt: '2026-11-22T09:00:00.000Z' };
  expect(totals({}, { late }, times)).toEqual({
    ...totals({}),
    late: { ...times, seconds: 172_800, keep: 0.5, counts: 51.5 },
  });
});
