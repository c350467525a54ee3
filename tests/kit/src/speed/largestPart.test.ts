import { expect, test } from '@jest/globals';
import { largestPart, type TeamResults } from './largestPart.ts';

const RESULTS: TeamResults = {
  recordedCall: () => ({ name: 'f', options: {}, inputs: [], outputs: [] }),
  places: {
    products: [
      { begin: 0, length: 4 },
      { begin: 8, length: 4 },
    ],
    sums: [{ begin: 16, length: 2 }],
  },
  isClose: (a, b) => Math.abs(a - b) < 1e-9,
};
const GAP = [0, 0, 0, 0];
const REFERENCE = [1, 2, 3, 4, ...GAP, 5, 6, 7, 8, ...GAP, 9, 10];

const record = (numbers: number[], writers: number[]) => ({
  numbers: Float64Array.from(numbers),
  writers: Uint8Array.from(writers),
});
const partOf = (numbers: number[], writers: number[], isKnownWrong?: boolean): number =>
  largestPart(RESULTS, record(numbers, writers), record(REFERENCE, []), isKnownWrong);

test('is half if two members divide each result, and one if a member does all of it', () => {
  expect(partOf(REFERENCE, [1, 1, 2, 2, ...GAP, 2, 2, 1, 1, ...GAP, 1, 2])).toBe(0.5);
  expect(partOf(REFERENCE, [2, 2, 2, 2, ...GAP, 1, 1, 1, 1, ...GAP, 1, 1])).toBe(1);
});

test('counts each kind of result the same, whatever its size, and its layers by their sizes', () => {
  expect(partOf(REFERENCE, [1, 1, 2, 2, ...GAP, 2, 2, 2, 1, ...GAP, 1, 1])).toBe(((4 * 0.5 + 4 * 0.75) / 8 + 1) / 2);
});

test('leaves out numbers that no member had to write', () => {
  expect(partOf(REFERENCE, [1, 2, 0, 0, ...GAP, 1, 1, 2, 2, ...GAP, 0, 0])).toBe((0.5 + 1) / 2);
});

test('finds results that are rounded otherwise, and have other arrays between them', () => {
  const moved = [...GAP, ...GAP, 1, 2, 3, 4 + 1e-12, ...GAP, ...GAP, ...GAP, 5, 6, 7, 8, ...GAP, 9, 10];
  const writers = [...GAP, ...GAP, 1, 1, 2, 2, ...GAP, ...GAP, ...GAP, 1, 1, 2, 2, ...GAP, 1, 2];
  expect(partOf(moved, writers)).toBe(0.5);
});

test('a result that is nowhere, and a copy that the others make in vain, is one member’s', () => {
  const [writers, inVain] = [
    [1, 1, 2, 2, ...GAP, 1, 1, 2, 2, ...GAP, 1, 2],
    [...GAP, 1, 1],
  ];
  expect(partOf(REFERENCE.with(3, 5), writers)).toBe(((4 + 4 * 0.5) / 8 + 0.5) / 2);
  const copied = [...REFERENCE, 0, 0, ...GAP, 9, 10];
  expect(partOf(copied, [...writers, 0, 0, ...inVain])).toBe((0.5 + 1) / 2);
});

test('does not compare numbers that are known to be wrong', () => {
  const wrong = REFERENCE.map((value) => -value);
  const writers = [1, 1, 2, 2, ...GAP, 1, 1, 2, 2, ...GAP, 1, 2];
  expect([partOf(wrong, writers), partOf(wrong, writers, true)]).toEqual([1, 0.5]);
});
