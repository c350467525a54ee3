import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { CriterionKind } from '../model/assignment.ts';
import type { ClassReport, ClassRow } from '../model/classReport.ts';
import type { Status } from '../model/outcome.ts';
import { commonMistakes, readKnownMistakes } from './commonMistakes.ts';

const criterion = (id: string, kind: CriterionKind = 'correctness'): ClassReport['criteria'][number] => ({
  ...{ id, kind, title: id, points: 1, bonus: false },
});
const CRITERIA = [
  criterion('part.one'),
  criterion('part.two'),
  criterion('part.three'),
  criterion('fast.one', 'speed'),
];

const row = (...statuses: Status[]): ClassRow => ({
  ...{ id: 'x', name: 'x', students: [], isLate: false, source: 'x', status: 'graded', message: '' },
  criteria: Object.fromEntries(statuses.map((status, at) => [CRITERIA[at].id, { status, earned: 0 }])),
});

const KNOWN = [
  { about: 'two forgets', loses: ['part.two'] },
  { about: 'two is slow and forgets', loses: ['part.two', 'fast.one'] },
  { about: 'all is zero', loses: ['part.three', 'part.one'] },
  { about: 'slow', loses: ['fast.one'] },
];

test('submissions are grouped by the set of correctness criteria that they failed, the largest group first', () => {
  const rows = [
    row('failed', 'passed', 'partial', 'passed'),
    row('passed', 'passed', 'passed', 'failed'),
    row('passed', 'failed', 'passed', 'failed'),
    row('passed', 'failed', 'not-attempted', 'passed'),
    row('failed', 'failed', 'passed', 'passed'),
    row('not-attempted', 'not-attempted', 'not-attempted'),
    row('passed', 'inconclusive', 'grader-error'),
    row(),
  ];
  expect(commonMistakes(CRITERIA, rows, KNOWN)).toEqual([
    { loses: ['part.two'], causes: [], known: ['two forgets', 'two is slow and forgets'], rows: [2, 3] },
    { loses: ['part.one', 'part.three'], causes: [], known: ['all is zero'], rows: [0] },
    { loses: ['part.one', 'part.two'], causes: [], known: [], rows: [4] },
  ]);
});

test('a group shows the likely causes, the commonest first, each counted once for each submission', () => {
  const wrong = (one?: string, two?: string) => {
    const made = row('failed', 'partial', 'passed');
    if (one) made.criteria['part.one'].cause = one;
    if (two) made.criteria['part.two'].cause = two;
    return made;
  };
  const rows = [wrong('shifted'), wrong('swapped', 'swapped'), wrong('swapped', 'shifted'), wrong('swapped'), wrong()];
  expect(commonMistakes(CRITERIA, rows, KNOWN)).toMatchObject([
    {
      rows: [0, 1, 2, 3, 4],
      causes: [
        { cause: 'swapped', rows: 3 },
        { cause: 'shifted', rows: 2 },
      ],
    },
  ]);
});

test('every mutant of an assignment is a known mistake; tests that were shipped without mutants know none', () => {
  const known = readKnownMistakes('tests/conv2d-gemm');
  expect(known.length).toBeGreaterThan(50);
  expect(known.find(({ about }) => about.startsWith('Mat2Im moves the patch by one pixel'))?.loses).toEqual([
    'mat2im.stride',
    'mat2im.adjoint',
  ]);
  const empty = mkdtempSync(join(tmpdir(), 'im2grade-test-'));
  expect(readKnownMistakes(empty)).toEqual([]);
  rmSync(empty, { recursive: true });
});
