import { expect, test } from '@jest/globals';
import { criteriaOf } from '../model/assignment.ts';
import type { Finding, Status } from '../model/outcome.ts';
import { assignmentOf } from '../../tests/support/gradeFiles.ts';
import { scoreFindings, totalsOf } from './score.ts';

const assignment = assignmentOf('conv2d-gemm');

/** Findings for all criteria: `passed`, but for those named. */
const findings = (but: Record<string, { status: Status; credit?: number }>): Finding[] =>
  criteriaOf(assignment).map(({ id }) => {
    const { status, credit = 0 } = but[id] ?? { status: 'passed', credit: 1 };
    return { id, status, credit, reason: '', helpedBy: [], seconds: 0, evidence: [] };
  });

const totals = (but: Parameters<typeof findings>[0]) =>
  totalsOf(
    assignment,
    scoreFindings(assignment, findings(but), (id) => id),
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
