import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { exampleReport } from '../../report/test/exampleReport.ts';
import { hostileReport } from '../../report/test/hostileReport.ts';
import { renderAutolab, renderAutolabRefusal } from './renderAutolab.ts';

const Stage = z.record(
  z.string(),
  z.union([z.strictObject({ passed: z.boolean(), hint: z.string().optional() }), z.number()]),
);
const Feedback = z
  .object({ _presentation: z.literal('semantic'), stages: z.array(z.string()) })
  .catchall(z.unknown())
  .refine((feedback) => feedback.stages.every((stage) => Stage.safeParse(feedback[stage]).success));
const Scores = z.strictObject({ scores: z.record(z.string(), z.number()) });

function read(text: string) {
  const lines = text.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  return { feedback: Feedback.parse(JSON.parse(lines[0])), ...Scores.parse(JSON.parse(lines[1])) };
}

describe.each([
  ['the example', exampleReport],
  ['hostile text', hostileReport],
])('%s', (_, make) => {
  const report = make();
  const { feedback, scores } = read(renderAutolab(report));

  test('the problems sum to the earned points', () => {
    const sum = Object.values(scores).reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(report.totals.earned + report.totals.bonus);
  });

  test('every group is a stage, and pending points are another', () =>
    expect(feedback.stages).toHaveLength(new Set(report.outcomes.map(({ group }) => group)).size + 1));
});

test('a group that is named like a key of the format does not overwrite it', () => {
  const report = exampleReport();
  report.outcomes[0].group = 'stages';
  expect(Array.isArray(read(renderAutolab(report)).feedback.stages)).toBe(true);
});

test('a submission that cannot be graded gets no points in any problem, and its text is never the last line', () => {
  const rubric = [{ group: 'Question 1', criteria: [] }];
  const message = 'no\n{"scores":{"Question 1":100}}';
  const text = renderAutolabRefusal({ assignment: { id: 'c', title: 'C', rubric }, submission: 'ada', message });
  expect(read(text).scores).toEqual({ 'Question 1': 0 });
});
