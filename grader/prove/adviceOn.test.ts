import { expect, test } from '@jest/globals';
import type { MutantOutcome } from '../model/proofReport.ts';
import { adviceOn } from './adviceOn.ts';

const criterion = (id: string, needs: string[] = []) => ({ id, title: id, examines: ['src/a.ts'], needs });

const mutant = (inside: string, lost: string[], given: Partial<MutantOutcome> = {}): MutantOutcome => ({
  base: 'reference',
  file: 'src/a.ts',
  inside,
  line: 7,
  operator: 'bound',
  was: 'before',
  becomes: 'after',
  status: lost.length > 0 ? 'killed' : 'survived',
  lost,
  ...given,
});

const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

test('the weakest criterion misses most in the functions that it examines, and inputs for it are proposed', () => {
  const missed = mutant('f', [], { search: { cases: 1000, difference: 'f (n 300): output 0 is 1, and should be 2' } });
  const outcomes = [
    ...times(3, mutant('f', ['f.law'])),
    missed,
    ...times(8, mutant('g', ['g.law'])),
    ...times(2, mutant('g', ['f.law', 'g.law'])),
    mutant('g', []),
    mutant('g', [], { status: 'equivalent' }),
  ];
  expect(adviceOn([criterion('f.law'), criterion('g.law')], outcomes).weakest).toEqual({
    id: 'f.law',
    title: 'f.law',
    killed: 3,
    survived: 1,
    inputs: [{ base: 'reference', file: 'src/a.ts', line: 7, inside: 'f', difference: missed.search!.difference }],
  });
  const killed = outcomes.filter(({ status }) => status === 'killed');
  expect(adviceOn([criterion('f.law'), criterion('g.law')], killed).weakest).toBeUndefined();
});

test('a criterion that misses a proved mistake is weaker than one whose survivors may be equivalent', () => {
  const search = { cases: 1000, difference: 'f (n 300): output 0 is 1, and should be 2' };
  const outcomes = [
    ...times(9, mutant('f', ['f.law'])),
    mutant('f', [], { search }),
    mutant('g', ['g.law']),
    ...times(5, mutant('g', [], { search: { cases: 1000 } })),
  ];
  expect(adviceOn([criterion('g.law'), criterion('f.law')], outcomes).weakest?.id).toBe('f.law');
});

test('criteria that are always lost together are named, unless that may be chance', () => {
  const criteria = ['a', 'b', 'c'].map((id) => criterion(id));
  const both = (count: number) => [...times(count, mutant('f', ['a', 'b'])), ...times(30, mutant('f', ['c']))];
  expect(adviceOn(criteria, both(20)).together).toEqual([['a', 'b']]);
  expect(adviceOn(criteria, both(19)).together).toEqual([]);
  expect(adviceOn(criteria, [...both(20), mutant('f', ['a'])]).together).toEqual([]);
  // What ended the examination may have lost the other as well.
  expect(adviceOn(criteria, [...both(20), mutant('f', ['a'], { ended: 'crashed' })]).together).toEqual([['a', 'b']]);
  // A criterion that needs others is not examined if one of them is lost.
  expect(adviceOn([criterion('a'), criterion('b', ['c'])], both(20)).together).toEqual([]);
});
