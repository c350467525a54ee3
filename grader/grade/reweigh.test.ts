import { expect, test } from '@jest/globals';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { exampleReport } from '../report/test/exampleReport.ts';
import { reweigh } from './reweigh.ts';

const assignment = assignmentOf('conv2d-gemm');
const report = { ...exampleReport(), grading: { ...exampleReport().grading, only: [] } };
const example = report.outcomes[0];

/** Every criterion of the assignment, half of them passed. */
const whole = {
  ...report,
  assignment: { id: assignment.id, title: 'old', version: 0 },
  outcomes: criteriaOf(assignment).map(({ id, title, asks, kind, visibility, bonus, points }, i) => ({
    ...example,
    ...{ id, title, asks, kind, visibility, bonus, points, publicFailure: undefined },
    status: i % 2 === 0 ? ('passed' as const) : ('failed' as const),
    earned: i % 2 === 0 ? points : 0,
  })),
};

const withPoints = (change: (points: number) => number): Assignment => ({
  ...assignment,
  rubric: assignment.rubric.map((group) => ({
    ...group,
    criteria: group.criteria.map((criterion) => ({ ...criterion, points: change(criterion.points) })),
  })),
});

test('results are worth what they are worth now, and nothing else changes', () => {
  const doubled = reweigh(
    withPoints((points) => 2 * points),
    whole,
  );
  expect(doubled.outcomes.map(({ earned }) => earned)).toEqual(whole.outcomes.map(({ earned }) => 2 * earned));
  expect(doubled.totals.all).toBe(2 * reweigh(assignment, whole).totals.all);
  expect(doubled.outcomes.map(({ status, evidence, reason }) => ({ status, evidence, reason }))).toEqual(
    whole.outcomes.map(({ status, evidence, reason }) => ({ status, evidence, reason })),
  );
  expect(doubled.assignment).toEqual({ id: assignment.id, title: assignment.title, version: assignment.version });
  expect(doubled.submission).toEqual(whole.submission);
});

test('reweighed with the same points, a report is the same', () => {
  const once = reweigh(assignment, whole);
  expect(reweigh(assignment, once)).toEqual(once);
});

test('if more has changed, it must be graded again', () => {
  const [first, ...others] = whole.outcomes;
  expect(() => reweigh(assignment, { ...whole, outcomes: others })).toThrow(
    `${first.id} is new in conv2d-gemm; grade again`,
  );
  const renamed = { ...whole, outcomes: [{ ...first, id: 'gone.criterion' }, ...others] };
  expect(() => reweigh(assignment, renamed)).toThrow('conv2d-gemm no longer has gone.criterion; grade again');
  const otherKind = { ...whole, outcomes: [{ ...first, kind: 'policy' as const }, ...others] };
  expect(() => reweigh(assignment, otherKind)).toThrow(`${first.id} is examined in another way now; grade again`);
  expect(() => reweigh(assignment, { ...whole, assignment: { ...whole.assignment, id: 'x' } })).toThrow(UsageError);
});
