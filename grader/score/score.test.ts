import { expect, test } from '@jest/globals';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { Finding, Status } from '../model/outcome.ts';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import type { HandInTimes } from './handInTimes.ts';
import { scoreFindings, totalsOf } from './score.ts';

const assignment = assignmentOf('conv2d-gemm');

/** Findings for all criteria: `passed`, but for those named. */
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

test('all passed is all points, and the bonus stands apart', () => {
  expect(totals({})).toEqual({ earned: 100, possible: 100, bonus: 3, all: 100, pending: [], provisional: false });
});

test('failed and not attempted earn nothing and are possible points; a share earns its share', () => {
  const { earned, possible } = totals({
    'im2mat.stride': { status: 'failed' },
    'conv2d.bias': { status: 'not-attempted' },
    'speed.training': { status: 'partial', credit: 0.3333 },
  });
  expect([earned, possible]).toEqual([100 - 2 - 2 - 4 + 1.33, 100]);
});

test.each(['inconclusive', 'grader-error', 'manual', 'not-measurable', 'blocked'] as const)(
  '%s is pending: neither earned nor possible, and named',
  (status) => {
    const { earned, possible, pending, provisional } = totals({ 'conv2d.forward': { status } });
    expect([earned, possible, provisional]).toEqual([96, 96, true]);
    expect(pending).toEqual([{ id: 'conv2d.forward', points: 4, status }]);
  },
);

const WITHIN = { bonus: { cap: 3, withinMaximum: true } };

test('where the assignment asks so, bonus fills up what was lost and never passes the maximum', () => {
  expect(totals({}, WITHIN)).toMatchObject({ earned: 100, bonus: 0 });
  expect(totals({ 'im2mat.stride': { status: 'failed' } }, WITHIN)).toMatchObject({ earned: 98, bonus: 2 });
  expect(totals({ 'conv2d.forward': { status: 'failed' } }, WITHIN)).toMatchObject({ earned: 96, bonus: 3 });
});

test('bonus of one part does not fill up another', () => {
  const rubric = assignment.rubric.map((group) => ({
    ...group,
    part: group.group.startsWith('Accuracy') ? 'accuracy' : 'the rest',
  }));
  const but = { 'im2mat.stride': { status: 'failed' }, 'accuracy.curve': { status: 'partial', credit: 0.5 } } as const;
  expect(totals(but, { ...WITHIN, rubric })).toMatchObject({ earned: 96.5, bonus: 1.5 });
});

test('late work keeps its earned points, and what counts stands beside them, bonus included', () => {
  const late = [{ within: 604_800, keep: 0.5 }];
  const times = { dueAt: '2026-11-20T09:00:00.000Z', handedInAt: '2026-11-22T09:00:00.000Z' };
  expect(totals({}, { late }, times)).toEqual({
    ...totals({}),
    late: { ...times, seconds: 172_800, keep: 0.5, counts: 51.5 },
  });
});
