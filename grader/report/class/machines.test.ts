import { expect, test } from '@jest/globals';
import { exampleClass } from '../test/exampleClass.ts';
import { machineSection } from './machines.ts';

const report = exampleClass(12);
const on = (machineOf: (index: number) => string) =>
  machineSection({ ...report, rows: report.rows.map((row, index) => ({ ...row, machine: machineOf(index) })) })?.markup;

test('points are shown by kind of machine if there are several, and what a machine says is no markup', () => {
  const page = on((index) => (index % 2 === 0 ? 'Xeon, 2 cores' : '<b>EPYC</b>, 8 cores'));
  expect(page).toContain('<bdi>Xeon, 2 cores</bdi>');
  expect(page).toContain('&lt;b&gt;EPYC');
});

test('nothing is shown if all were graded on one kind, or nobody knows on which', () => {
  expect(on(() => 'Xeon, 2 cores')).toBeUndefined();
  expect(machineSection({ ...report, rows: report.rows.map(({ machine: _, ...row }) => row) })).toBeUndefined();
});
