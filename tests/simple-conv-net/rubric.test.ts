import { expect, test } from '@jest/globals';
import { applyLatePolicy } from '../../grader/score/applyLatePolicy.ts';
import { totalsOf, scoreFindings } from '../../grader/score/score.ts';
import { criteriaOf } from '../../grader/model/assignment.ts';
import type { Finding } from '../../grader/model/outcome.ts';
import { assignmentOf } from '../e2e/support/gradeFiles.ts';

const assignment = assignmentOf('simple-conv-net');

const pointsOf = (group: RegExp, isBonus: boolean): number =>
  assignment.rubric
    .filter(({ group: name }) => group.test(name))
    .flatMap(({ criteria }) => criteria)
    .reduce((sum, { points, bonus }) => sum + (bonus === isBonus ? points : 0), 0);

test.each([
  ['Homework I', 60, 6],
  ['Homework II', 40, 4],
])('%s is worth %d of 100 points, and a tenth of that as bonus', (homework, points, bonus) => {
  const group = new RegExp(`^${homework},`, 'u');
  expect(pointsOf(group, false)).toBeCloseTo(points, 6);
  expect(pointsOf(group, true)).toBeCloseTo(bonus, 6);
});

test.each([
  ['I', 60, ['1', '2a', '2b', '2c', '3'], [20, 30, 10, 10, 30]],
  ['II', 40, ['1', '2a', '2b', '2c'], [20, 60, 10, 10]],
] as const)(
  'the tasks of homework %s have the per cent that the course gives them',
  (homework, whole, tasks, shares) => {
    const points = tasks.map((task) => pointsOf(new RegExp(`^Homework ${homework}, task ${task}:`, 'u'), false));
    points.forEach((each, n) => expect(each).toBeCloseTo((whole * shares[n]) / 100, 6));
  },
);

const all = (passed: (id: string) => boolean): Finding[] =>
  criteriaOf(assignment).map(({ id }) => {
    const status = passed(id) ? 'passed' : 'failed';
    return { id, status, credit: 0, reason: '', substituted: [], seconds: 0, evidence: [] };
  });
const totals = (passed: (id: string) => boolean) =>
  totalsOf(
    assignment,
    scoreFindings(assignment, all(passed), (id) => id),
  );

test('bonus makes up for lost points in its own homework, up to the maximum', () => {
  expect(totals(() => true)).toMatchObject({ earned: 100, bonus: 0 });
  expect(totals((id) => id !== 'theory.im2col')).toMatchObject({ earned: 82, bonus: 6 });
  expect(totals((id) => id !== 'theory.forward-scalar' && id !== 'pool2d-vector.odd')).toMatchObject({
    earned: 92,
    bonus: 6.8,
  });
});

test.each([
  ['within a week', '2026-11-27T09:00:00.000Z', 0.5],
  ['after it', '2026-11-27T09:00:01.000Z', 0],
])('%s late work keeps its share', (_, handedInAt, keep) =>
  expect(applyLatePolicy(assignment.late, { dueAt: '2026-11-20T09:00:00.000Z', handedInAt }, 80)).toMatchObject({
    keep,
    counts: 80 * keep,
  }),
);
