import { expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { exampleClass } from '../test/exampleClass.ts';
import { classCsv } from './classCsv.ts';

const report = exampleClass(300);
const [head, ...lines] = parse(classCsv(report)) as string[][];

test('a class has a row for each submission and a column for each criterion', () => {
  expect(lines).toHaveLength(report.rows.length);
  expect(head.slice(-report.criteria.length)).toEqual(report.criteria.map(({ id }) => id));
  expect(new Set(lines.map(({ length }) => length))).toEqual(new Set([head.length]));
});

test('a cell is neither a formula nor several lines', () => {
  for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+\-@]|[\p{Cc}]/u);
});

test('of two rows of one student, the one that does not count says which does', () => {
  const [first, second] = exampleClass(300).rows.filter(({ totals }) => totals !== undefined);
  const doubled = { ...report, rows: [{ ...first, countsInstead: second.source }, second] };
  const [counts, message] = ['counts', 'message'].map((column) => head.indexOf(column));
  const rows = (parse(classCsv(doubled)) as string[][]).slice(1);
  expect(rows.map((row) => row[counts] !== '')).toEqual([false, true]);
  expect(rows[0][message]).toContain(`${second.source} counts instead`);
});
