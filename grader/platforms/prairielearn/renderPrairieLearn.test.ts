import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { exampleReport } from '../../report/test/exampleReport.ts';
import { hostileReport } from '../../report/test/hostileReport.ts';
import { renderPrairieLearn, renderPrairieLearnRefusal } from './renderPrairieLearn.ts';

/** Either all tests have points, or the points of none are shown. */
const Results = z.strictObject({
  gradable: z.literal(true),
  score: z.number().min(0).max(1),
  message: z.string(),
  tests: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      points: z.number().nonnegative(),
      max_points: z.number().nonnegative(),
      message: z.string(),
      output: z.string(),
    }),
  ),
});
const read = (text: string) => Results.parse(JSON.parse(text));

test.each([
  ['the example', exampleReport],
  ['hostile text', hostileReport],
])('%s follows the documentation', (_, report) => {
  expect(read(renderPrairieLearn(report())).tests).toHaveLength(report().outcomes.length);
});

test('the score is the share of all points, and what is pending is named', () => {
  const { score, message, tests } = read(renderPrairieLearn(exampleReport()));
  expect(score).toBeCloseTo((44.2 + 5) / 100);
  expect(message).toMatch(/18 pending: scaling 15, motivation 3\npublic /);
  expect(tests.find(({ name }) => name.includes('15 pending'))).toMatchObject({ points: 0, max_points: 0 });
});

test('bonus points do not raise the score above 1', () => {
  const report = exampleReport();
  report.totals = { ...report.totals, earned: 100, bonus: 5, all: 100 };
  expect(read(renderPrairieLearn(report)).score).toBe(1);
});

test('a submission that cannot be graded does not cost an attempt', () => {
  const refusal = { assignment: { id: 'c', title: 'C', rubric: [] }, submission: 'ada', message: 'one\n\ntwo' };
  expect(JSON.parse(renderPrairieLearnRefusal(refusal))).toEqual({ gradable: false, format_errors: ['one', 'two'] });
});
