import { expect, test } from '@jest/globals';
import type { MutantOutcome } from '../model/proofReport.ts';
import { explainSurvivor, markEquivalent, refutedBy } from './equivalents.ts';

const KNOWN = [{ reason: 'no one can tell', base: 'naive' as const, file: 'f.ts', inside: 'f', becomes: ['a;', 'b;'] }];

const outcome = (given: Partial<MutantOutcome>): MutantOutcome => ({
  base: 'naive',
  file: 'f.ts',
  inside: 'f',
  line: 1,
  operator: 'statement',
  was: 'c;',
  becomes: 'b;',
  status: 'survived',
  lost: [],
  search: { cases: 1000 },
  ...given,
});

test('a survivor that is marked is equivalent', () => {
  const marked = markEquivalent(outcome({}), KNOWN);
  expect(marked).toEqual({ ...outcome({}), status: 'equivalent', reason: 'no one can tell' });
  expect(refutedBy([marked], KNOWN)).toEqual([]);
});

test.each([
  ['another line', { becomes: 'd;' }],
  ['another function', { inside: 'g' }],
  ['another base', { base: 'reference' as const }],
])('%s is not', (_, given) => {
  expect(markEquivalent(outcome(given), KNOWN)).toEqual(outcome(given));
  expect(refutedBy([outcome(given)], KNOWN)).toEqual([]);
});

test.each([
  ['the search finds a difference', { search: { cases: 1000, difference: 'f (n 3): 1 for 2' } }, ' (f (n 3): 1 for 2)'],
  ['a suite kills it', { status: 'killed' as const, search: undefined }, ''],
])('if %s, the mark is refuted', (_, given, why) => {
  const { search, ...rest } = outcome(given as Partial<MutantOutcome>);
  const refuting = { ...rest, ...(search && { search }) };
  expect(markEquivalent(refuting, KNOWN)).toEqual(refuting);
  expect(refutedBy([refuting], KNOWN)).toEqual([`naive f.ts:1: b;${why}`]);
});

test('a mark of one line holds for no other', () => {
  const ofLine = KNOWN.map((mark) => ({ ...mark, line: 2 }));
  expect(markEquivalent(outcome({ line: 2 }), ofLine).status).toBe('equivalent');
  expect(markEquivalent(outcome({ line: 1 }), ofLine).status).toBe('survived');
});

test('a survivor that is explained survives, difference or not, and has the reason', () => {
  const differs = outcome({ search: { cases: 1000, difference: 'f (n 3): 1 for 2' } });
  expect(explainSurvivor(differs, KNOWN)).toEqual({ ...differs, reason: 'no one can tell' });
  expect(explainSurvivor(outcome({ status: 'killed' }), KNOWN)).toEqual(outcome({ status: 'killed' }));
  expect(explainSurvivor(outcome({ becomes: 'd;' }), KNOWN)).toEqual(outcome({ becomes: 'd;' }));
});
