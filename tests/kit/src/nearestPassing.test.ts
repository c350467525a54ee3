import fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { assertProperty } from './assertProperty.ts';
import { nearestPassing } from './nearestPassing.ts';
import { CriterionFailure } from './verdicts.ts';

interface Sizes {
  readonly N: number;
  readonly D: number;
  readonly P: number;
}

const upTo = fc.integer({ min: 1, max: 4 });
const sizes: fc.Arbitrary<Sizes> = fc.record({ N: upTo, D: upTo, P: upTo });

test('the sizes next to a failing case that pass are named, the nearest first', async () => {
  const passes = (fails: (value: Sizes) => boolean) => (value: Sizes) => Promise.resolve(!fails(value));
  const near = (fails: (value: Sizes) => boolean) => nearestPassing({ N: 1, D: 2, P: 2 }, sizes, [], passes(fails));
  expect(await near(({ D, P }) => D === P)).toMatch(/^it passes with [DP] = [13] in place of 2, or with [DP] = /);
  expect(await near(({ D }) => D % 2 === 0)).toMatch(
    /^it passes with D = [13] in place of 2, or with D = [13] in place of 2$/,
  );
  expect(await near(({ D }) => D <= 3)).toBe(undefined);
  expect(await near(() => true)).toBe(undefined);
});

test('a case without sizes has no neighbours', async () => {
  expect(await nearestPassing(3, fc.constant(3), [], () => Promise.resolve(true))).toBe(undefined);
});

test('a case that passes because of its numbers is not named', async () => {
  const fails = ({ N, D, P }: Sizes) => (N * 31 + D * 17 + P * 7) % 3 !== 0;
  const near = await nearestPassing({ N: 1, D: 2, P: 2 }, sizes, [], (value) => Promise.resolve(!fails(value)));
  expect(near).toBe(undefined);
});

test('of many sizes, the smaller cases that passed show which one it is', async () => {
  const names = ['B', 'C', 'K', 'H', 'W', 'Sy', 'Sx', 'Py', 'Px'] as const;
  const many = fc.record(Object.fromEntries(names.map((name) => [name, fc.integer({ min: 1, max: 9 })])));
  const body = async (value: Readonly<Record<string, number>>) => {
    if (value['C'] > 1)
      throw new CriterionFailure('wrong', [
        { type: 'counterexample', law: '', message: '', inputs: [], geometry: value },
      ]);
  };
  Object.assign(globalThis, { examination: {} });
  const failure = (await assertProperty(1, many, body).catch((caught: unknown) => caught)) as CriterionFailure;
  expect(failure.evidence).toMatchObject([{ nearby: 'it passes with C = 1 in place of 2' }]);
});

test('a counterexample shows them', async () => {
  const body = async ({ N, D, P }: Sizes) => {
    if (D !== P || D === 1) return;
    const geometry = { N, D, P };
    throw new CriterionFailure('wrong', [
      { type: 'counterexample', law: 'z = a', message: 'wrong', inputs: [], geometry },
    ]);
  };
  Object.assign(globalThis, { examination: {} });
  const failure = (await assertProperty(1, sizes, body).catch((caught: unknown) => caught)) as CriterionFailure;
  expect(failure.evidence).toMatchObject([
    { nearby: expect.stringMatching(/^it passes with [DP] = \d in place of \d, or with [DP] = /) },
  ]);
});
