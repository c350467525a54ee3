import { expect, test } from '@jest/globals';
import { exampleReport } from '../report/test/exampleReport.ts';
import { heldPart } from './heldPart.ts';

const report = exampleReport();
const [first, ...others] = report.outcomes.map(({ id }) => id);

test('what is published speaks for the criteria that it has', () => {
  expect(heldPart(report, [first, ...others], [first])).toBe(report);
  const part = heldPart(report, [first], ['a group'])!;
  expect(part.outcomes).toEqual([report.outcomes[0]]);
  expect(part.grading.only).toEqual(['a group']);
});

test('and for no others', () => {
  expect(heldPart(report, [first, 'another.criterion'], [first])).toBeUndefined();
});
