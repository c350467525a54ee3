import { expect, test } from '@jest/globals';
import { largeTeams } from './largeTeams.ts';

const handIn = (source: string, ...names: readonly string[]) => ({
  source,
  students: names.map((name) => ({ name, ids: {} })),
});
const CLASS = [handIn('one', 'Ada'), handIn('two', 'Ada', 'Wei'), handIn('three', 'Ada', 'Wei', 'Emmy')];

test('a team that is too large is named, and no other', () => {
  expect(largeTeams(CLASS, { most: 2 })).toEqual([
    'three is the work of 3 students (Ada, Wei, Emmy); the assignment allows teams of 2. It costs nothing here: a person decides',
  ]);
  expect(largeTeams(CLASS, { most: 1 }).map((line) => line.split(' ')[0])).toEqual(['two', 'three']);
  expect(largeTeams(CLASS, { most: 1 })[0]).toContain('the assignment allows no teams.');
});

test('without a limit no team is named', () => expect(largeTeams(CLASS, undefined)).toEqual([]));
