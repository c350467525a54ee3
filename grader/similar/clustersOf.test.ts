import { expect, test } from '@jest/globals';
import { clustersOf } from './clustersOf.ts';

test.each([
  ['no pair', [], []],
  [
    'a chain',
    ['0 1', '1 2', '5 6'],
    [
      [0, 1, 2],
      [5, 6],
    ],
  ],
  ['two chains that a pair connects', ['0 1', '2 3', '1 3'], [[0, 1, 2, 3]]],
  ['all with all', ['0 1', '0 2', '1 2'], [[0, 1, 2]]],
])('%s', (_, pairs, clusters) => {
  const numbers = pairs.map((pair) => pair.split(' ').map(Number));
  expect(clustersOf(numbers.map(([first, second]) => ({ first, second })))).toEqual(clusters);
});
