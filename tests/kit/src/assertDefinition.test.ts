import { beforeAll, expect, test } from '@jest/globals';
import { linearLayers } from './arbitraries/images.ts';
import { assertDefinition, type CaseData } from './assertDefinition.ts';
import { CriterionFailure } from './verdicts.ts';

type Sizes = { readonly N: number; readonly D: number };

beforeAll(() => void Object.assign(globalThis, { examination: { verdictsOnly: false } }));

/** Examines a function that should double its numbers. */
const examine = (double: (values: number[], sizes: Sizes) => number[], sizes: Sizes[] = []): Promise<void> =>
  assertDefinition<Sizes>(7, linearLayers(), sizes, async (s, { real, remark }: CaseData) => {
    const values = [...real(s.N * s.D)];
    const got = double(values, s);
    if (values.some((value, i) => got[i] !== 2 * value)) throw new CriterionFailure(`y = 2x${remark}`);
  });

const right = (values: number[]): number[] => values.map((value) => 2 * value);

test('a right function passes', () => expect(examine(right, [{ N: 300, D: 300 }])).resolves.toBeUndefined());

test.each<[string, (values: number[]) => number[]]>([
  ['large ones', (values) => values.map((value) => Math.min(10, 2 * value))],
  ['tiny ones', (values) => values.map((value) => (Math.abs(value) < 1e-3 ? 0 : 2 * value))],
  ['far below zero', (values) => values.map((value) => Math.max(-100, 2 * value))],
])('a function that is wrong for some numbers fails: %s', (_, double) =>
  expect(examine(double)).rejects.toThrow('whatever the size and sign of the numbers'),
);

test('a function that remembers its results by size fails', async () => {
  const known = new Map<string, number[]>();
  const remember = (values: number[], sizes: Sizes): number[] => {
    const name = JSON.stringify(sizes);
    const result = known.get(name) ?? right(values);
    known.set(name, result);
    return result;
  };
  await expect(examine(remember)).rejects.toThrow('whatever the call before');
});

test('a function that is wrong for large sizes fails on them', async () => {
  const few = (values: number[]): number[] => values.map((value, i) => (i < 65536 ? 2 * value : 0));
  await expect(examine(few)).resolves.toBeUndefined();
  await expect(examine(few, [{ N: 300, D: 300 }])).rejects.toThrow('for large sizes too');
});

test('an ordinary case has no remark', async () => {
  await expect(examine(() => [])).rejects.toThrow(/y = 2x$/);
});
