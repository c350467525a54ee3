import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { timingOf } from './speedScale.ts';

const timed = { operation: 'relu', geometry: {}, fullCreditRatio: 1.25 };
const noise = fc.array(fc.double({ min: 0.8, max: 1.25, noNaN: true }), { minLength: 18, maxLength: 90 });

/** Times of a submission that takes `times` times as long as the reference; the naive loops take three times as long. */
const samples = (times: number, factors: readonly number[]) => ({
  submission: factors.map((factor) => times * factor),
  reference: factors.map(() => 1),
  naive: factors.map(() => 3),
});

describe('the scale of speed', () => {
  test('full credit up to the ratio of full credit, none from the naive loops on', () => {
    const steady = Array.from({ length: 18 }, () => 1);
    const creditFor = (times: number) => timingOf(timed, samples(times, steady), 3).credit;
    expect(creditFor(0.5)).toBe(1);
    expect(creditFor(1.25)).toBe(1);
    expect(creditFor(Math.sqrt(1.25 * 3))).toBeCloseTo(0.5, 12);
    expect(creditFor(3)).toBe(0);
    expect(creditFor(4)).toBe(0);
  });

  test('a time within the noise of the naive loops earns nothing, even if its median is shorter', () => {
    const factors = Array.from({ length: 18 }, (_, i) => (i % 3 === 0 ? 1.1 : i % 3 === 1 ? 0.9 : 0.98));
    const timing = timingOf(timed, samples(3, factors), 3);
    expect(timing.ratio.median).toBeLessThan(timing.naiveRatio);
    expect(timing.credit).toBe(0);
  });

  test('what is clearly faster than the naive loops earns something, whatever the noise', () => {
    fc.assert(
      fc.property(noise, (factors) => {
        expect(timingOf(timed, samples(2, factors), 3).credit).toBeGreaterThan(0);
      }),
    );
  });
});
