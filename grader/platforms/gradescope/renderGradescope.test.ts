import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { exampleReport } from '../../report/test/exampleReport.ts';
import { hostileReport } from '../../report/test/hostileReport.ts';
import { renderGradescope, renderGradescopeRefusal } from './renderGradescope.ts';

const Format = z.enum(['text', 'html', 'simple_format', 'md', 'ansi']);
const Visible = z.enum(['hidden', 'after_due_date', 'after_published', 'visible']);
/** The specification's table of keys. */
const Results = z.strictObject({
  score: z.number(),
  execution_time: z.number().optional(),
  output: z.string(),
  output_format: Format,
  test_output_format: Format,
  test_name_format: Format,
  visibility: Visible,
  stdout_visibility: Visible,
  tests: z.array(
    z.strictObject({
      score: z.number().optional(),
      max_score: z.number().optional(),
      status: z.enum(['passed', 'failed']).optional(),
      name: z.string().regex(/^[^\n\r]+$/),
      number: z.string(),
      output: z.string(),
      tags: z.array(z.string()),
      visibility: Visible,
    }),
  ),
});
const read = (text: string) => Results.parse(JSON.parse(text));

test.each([
  ['the example', exampleReport],
  ['hostile text', hostileReport],
])('%s follows the specification', (_, report) => {
  expect(read(renderGradescope(report())).tests).toHaveLength(report().outcomes.length);
});

describe('the example', () => {
  const report = exampleReport();
  const results = read(renderGradescope(report));
  const byNumber = (number: string) => results.tests.find((each) => each.number === number)!;

  test('the score is the earned points, bonus included', () =>
    expect(results.score).toBeCloseTo(report.totals.earned + report.totals.bonus));

  test('a hidden criterion is shown when grades are published: it has points, as hidden tests may not', () => {
    expect(byNumber('1.3')).toMatchObject({ visibility: 'after_published', score: 4, max_score: 4 });
    expect(results.tests.map(({ visibility }) => visibility)).not.toContain('hidden');
  });

  test('a pending criterion has no points and says how many are pending', () => {
    const scaling = results.tests.find(({ name }) => name.startsWith('Two threads'))!;
    expect(scaling.name).toBe('Two threads and more (15 pending: not measurable)');
    expect([scaling.score, scaling.max_score, scaling.status]).toEqual([undefined, undefined, undefined]);
    expect(results.output).toContain('Pending: Two threads and more, 15 (not measurable).');
  });

  test('what is shown at once covers public criteria only', () =>
    expect(results.output).toMatch(
      /^Public criteria: .* points\.\n12 more points are shown when grades are published\./,
    ));

  test('partial credit is coloured by its share', () =>
    expect(results.tests.find(({ name }) => name.startsWith('Gradients'))).not.toHaveProperty('status'));
});

test('a submission that cannot be graded gets no points, and the reason', () => {
  const refusal = { assignment: { id: 'conv', title: 'Conv', rubric: [] }, submission: 'ada', message: 'a.ts:1:2: no' };
  expect(read(renderGradescopeRefusal(refusal))).toMatchObject({
    score: 0,
    output: expect.stringContaining('a.ts:1:2'),
  });
});
