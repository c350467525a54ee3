import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { Comparison } from '../../model/comparison.ts';
import { exampleClass } from '../test/exampleClass.ts';
import { exampleReport } from '../test/exampleReport.ts';
import { HOSTILE } from '../test/hostileReport.ts';
import { compareClasses, compareReports } from './compare.ts';
import { renderComparison } from './renderComparison.ts';

const report = exampleReport();
const [changed] = report.outcomes.filter(({ status }) => status === 'passed');
const later = {
  ...report,
  totals: { ...report.totals, earned: report.totals.earned - changed.earned },
  outcomes: report.outcomes.map((outcome) =>
    outcome.id === changed.id ? { ...outcome, status: 'failed' as const, earned: 0 } : outcome,
  ),
};

describe('two reports', () => {
  test('of the same grading have nothing to show', () => {
    const text = renderComparison(compareReports(report, report), { width: 100, colour: false, all: false });
    expect(text).toContain(`${report.outcomes.length} of ${report.outcomes.length} criteria are the same in both`);
    expect(text).not.toContain(changed.id);
  });

  test('show each criterion that differs, with both results and the difference', () => {
    const comparison = compareReports(report, later);
    expect(Comparison.parse(comparison).rows).toHaveLength(report.outcomes.length);
    const text = renderComparison(comparison, { width: 120, colour: false, all: false });
    expect(text).toMatch(
      new RegExp(`${changed.id.replaceAll('.', '\\.')}.*✓ passed ${changed.points} .*✗ failed 0 .*−`),
    );
    expect(text).toContain(`Change  −${changed.points} points`);
  });

  test('show what only one of them has', () => {
    const fewer = { ...report, outcomes: report.outcomes.filter(({ id }) => id !== changed.id) };
    const shown = (first: typeof report, second: typeof report) =>
      renderComparison(compareReports(first, second), { width: 120, colour: false, all: false });
    expect(shown(fewer, report)).toMatch(/│ –.*│ new/);
    expect(shown(report, fewer)).toMatch(/│ –.*│ gone/);
  });

  test('of two assignments are refused', () => {
    const other = { ...report, assignment: { ...report.assignment, id: 'another' } };
    expect(() => compareReports(report, other)).toThrow(
      `these are of two assignments: ${report.assignment.id} and another`,
    );
  });
});

test('two classes are compared student by student', () => {
  const [first, second] = [exampleClass(4), exampleClass(4)];
  const [gone, ...rest] = second.rows;
  const comparison = compareClasses(first, { ...second, rows: rest });
  const text = renderComparison(comparison, { width: 100, colour: false, all: false });
  expect(text).toContain(gone.name);
  expect(text).toContain('3 of 4 students are the same in both');
});

test.each([60, 80, 120])('nothing is wider than %i cells', (width) => {
  for (const name of HOSTILE) {
    const hostile = { ...later, submission: { ...later.submission, name } };
    const text = renderComparison(compareReports(report, hostile), { width, colour: false, all: true });
    expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
  }
});
