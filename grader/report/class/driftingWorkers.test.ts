import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ClassRow } from '../../model/classReport.ts';
import { exampleClass } from '../test/exampleClass.ts';
import { driftingWorkers, driftText } from './driftingWorkers.ts';
import { machineSection } from './machines.ts';

const report = exampleClass(40);
const IDS = ['speed.im2mat', 'speed.backward'];

/** A class of three workers of one kind: where the reference takes `factorOf` times as long, and who measured it. */
const on = (factorOf: (worker: number, index: number) => number): ClassRow[] =>
  report.rows.map((row, index) => {
    const worker = index % 3;
    const cell = (id: string, at: number) => [
      id,
      { status: 'passed', earned: 1, ratio: 1, reference: (at + 1) * 0.01 * factorOf(worker, index) },
    ];
    const criteria = Object.fromEntries(IDS.map(cell)) as ClassRow['criteria'];
    return { ...row, machine: 'Xeon, 2 cores', worker: `n${worker}`, criteria };
  });

test('machines that differ by less than a fifth are not named', () =>
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0.93, max: 1.07, noNaN: true })), (noise) => {
      expect(driftingWorkers(on(() => noise.next().value!))).toEqual([]);
    }),
    { numRuns: 30 },
  ));

test('a machine that is slower than others of its kind is named, with what to do', () => {
  const drifting = driftingWorkers(on((worker) => (worker === 1 ? 1.5 : 1)));
  expect(drifting.map(driftText)).toEqual([
    'n1: the reference takes 1.50 × as long as on other machines of its kind; see what else runs there, and grade its submissions again on another machine',
  ]);
});

test('a machine that changes while a class is graded is named', () => {
  const drifting = driftingWorkers(on((worker, index) => (worker === 2 && index > 25 ? 1.6 : 1)));
  expect(drifting.map(driftText)).toEqual([
    expect.stringMatching(/^n2: the time of the reference changes from 1\.00 × to 1\.60 × of the usual; /u),
  ]);
});

test('a machine of another kind is compared with its own kind', () => {
  const rows = on((worker) => (worker === 0 ? 3 : 1)).map((row) =>
    row.worker === 'n0' ? { ...row, machine: 'Atom, 2 cores' } : row,
  );
  expect(driftingWorkers(rows)).toEqual([]);
});

test('few submissions, and machines without names, are not judged', () => {
  const slow = on((worker) => (worker === 1 ? 1.5 : 1));
  expect(driftingWorkers(slow.slice(0, 9))).toEqual([]);
  expect(driftingWorkers(slow.map(({ worker: _, ...row }) => row))).toEqual([]);
});

test('the page of a class shows it, and what a machine is called is no markup', () => {
  const rows = on((worker) => (worker === 1 ? 1.5 : 1)).map((row) =>
    row.worker === 'n1' ? { ...row, worker: '<b>n1</b>' } : row,
  );
  expect(machineSection({ ...report, rows })?.markup).toContain(
    '<bdi>&lt;b&gt;n1&lt;/b&gt;: the reference takes 1.50 × as long',
  );
});
