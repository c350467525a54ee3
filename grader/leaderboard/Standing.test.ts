import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { numberText } from '../report/leaderboard/valueText.ts';
import { type Examined, goodness, isExact, standingFrom } from './Standing.ts';
import { exampleRules } from './test/exampleRules.ts';

const PASSED: Examined = { status: 'passed' };
const MORE_CLOSELY = exampleRules({ settings: { all: 1 } });
const about = (value: number, within = 0): Examined => ({ status: 'passed', measured: { value, within } });

const standing = (from: readonly Examined[], needs: readonly Examined[] = [PASSED], rules = MORE_CLOSELY) =>
  standingFrom(rules, from, needs);

describe('the value of some work', () => {
  test('is the best one of the criteria that passed', () =>
    expect(standing([about(0.8), about(0.9), { status: 'failed', measured: { value: 0.99, within: 0 } }])).toEqual({
      ...{ value: { value: 0.9, within: 0 }, low: 0.9, high: 0.9, open: '' },
    }));

  test('is the least one if lower is better', () =>
    expect(standing([about(0.8), about(0.9)], [], exampleRules({ better: 'lower' }))?.value).toEqual({
      ...{ value: 0.8, within: 0 },
    }));

  test('is not exact while another model may be better', () => {
    expect(isExact(standing([about(0.9), about(0.88, 0.03)])!)).toBe(false);
    expect(isExact(standing([about(0.9), about(0.7, 0.03)])!)).toBe(true);
  });

  test('is what was measured for a place, once it was', () => {
    const again = { status: 'passed', measured: { value: 0.81, within: 0 } } as const;
    expect(standing([{ ...about(0.84, 0.03), again }])).toMatchObject({
      value: { value: 0.81 },
      low: 0.81,
      high: 0.81,
    });
  });

  test('is what was measured at first, if nothing measures it more closely', () =>
    expect(standing([about(0.84, 0.03)], [PASSED], exampleRules())).toMatchObject({ low: 0.84, high: 0.84 }));
});

describe('takes no part', () => {
  test.each<[string, Examined[], Examined[]]>([
    ['what was not reached', [{ status: 'failed' }], [PASSED]],
    ['what a person took', [{ ...about(0.9), status: 'failed' }], [PASSED]],
    ['what was not handed in', [{ status: 'not-attempted' }], [PASSED]],
    [
      'what misses the threshold when all images are looked at',
      [{ ...about(0.76, 0.03), again: { status: 'failed' } }],
      [PASSED],
    ],
    ['what lost a criterion that it needs', [about(0.9)], [{ status: 'partial' }]],
  ])('%s', (_, from, needs) => expect(standing(from, needs)).toBeUndefined());
});

describe('stays open, and costs no place for good', () => {
  test.each<[string, Examined[], Examined[]]>([
    ['the grader failed', [{ status: 'grader-error', again: { status: 'grader-error' } }], [PASSED]],
    ['the test images are not here', [{ status: 'inconclusive', again: { status: 'inconclusive' } }], [PASSED]],
    ['it was not examined', [{ status: undefined }], [PASSED]],
    ['a criterion that it needs is pending', [about(0.9)], [{ status: 'manual' }]],
    [
      'one of two models could not be measured',
      [about(0.9), { status: 'blocked', again: { status: 'blocked' } }],
      [PASSED],
    ],
  ])('%s', (_, from, needs) => {
    const found = standing(from, needs)!;
    expect(found.open).not.toBe('');
    expect(isExact(found)).toBe(false);
  });

  test('and is measured again in the end', () => {
    const again = { status: 'passed', measured: { value: 0.9, within: 0 } } as const;
    expect(standing([{ status: 'grader-error', again }])).toMatchObject({ open: '', low: 0.9, high: 0.9 });
  });
});

test('values are equal if, and only if, they look alike', () =>
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(0, 1, 2),
      fc.constantFrom('percent' as const, 'number' as const),
      (a, b, decimals, as) => {
        const rules = exampleRules({ shown: { as, decimals } });
        const isEqual = goodness(rules, a) === goodness(rules, b);
        expect(isEqual).toBe(numberText(rules.shown, a) === numberText(rules.shown, b));
      },
    ),
  ));
