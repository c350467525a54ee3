import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sumOf } from '../common/round.ts';
import type { LeaderboardRules } from '../model/leaderboardRules.ts';
import { mayHavePlace, placesOf } from './placesOf.ts';
import type { Standing } from './Standing.ts';
import { exampleRules } from './test/exampleRules.ts';

const exactly = (value: number): Standing => ({
  value: { value, within: 0 },
  low: value,
  high: value,
  open: '',
});
const about = (value: number, within: number): Standing => ({
  value: { value, within },
  low: value - within,
  high: value + within,
  open: '',
});
const OPEN: Standing = { value: undefined, low: -Infinity, high: Infinity, open: 'it is not graded yet' };

const placed = (rules: LeaderboardRules, ...standings: Standing[]) =>
  placesOf(rules, standings).map(({ place, due }) => [place, due]);

describe('places', () => {
  test('equal values share the better place, each with its bonus, and the next places are left out', () =>
    expect(placed(exampleRules(), exactly(0.8), exactly(0.9), exactly(0.8), exactly(0.7))).toEqual([
      [2, 0.25],
      [1, 0.5],
      [2, 0.25],
      [4, 0],
    ]));

  test('or they divide the bonus of the places that they take, half a hundredth rounded up', () =>
    expect(placed(exampleRules({ ties: 'divide' }), exactly(0.8), exactly(0.9), exactly(0.8), exactly(0.7))).toEqual([
      [2, 0.18],
      [1, 0.5],
      [2, 0.18],
      [4, 0],
    ]));

  test('a value that is not known well enough has none, and nothing that it may beat has one either', () =>
    expect(placed(exampleRules(), exactly(0.9), about(0.78, 0.05), exactly(0.8))).toEqual([
      [1, 0.5],
      [undefined, 0],
      [undefined, 0],
    ]));

  test('what is open takes no place from anybody', () =>
    expect(placed(exampleRules(), OPEN, exactly(0.8))).toEqual([
      [undefined, 0],
      [1, 0.5],
    ]));

  test('nobody has handed in', () => expect(placesOf(exampleRules(), [])).toEqual([]));
});

const values = fc.array(
  fc.integer({ min: 0, max: 40 }).map((hundredths) => hundredths / 100),
  { maxLength: 12 },
);
const ties = fc.constantFrom('share', 'divide');

test('the places of exact values are those of competitions, in whatever order they come', () =>
  fc.assert(
    fc.property(values, ties, fc.infiniteStream(fc.nat()), (each, by, random) => {
      const rules = exampleRules({ ties: by });
      const places = placesOf(rules, each.map(exactly));
      places.forEach(({ place }, at) => expect(place).toBe(1 + each.filter((other) => other > each[at]).length));
      // Equal values have equal points, and a better value never has fewer.
      each.forEach((value, a) =>
        each.forEach((other, b) => {
          if (value >= other) expect(places[a].due).toBeGreaterThanOrEqual(places[b].due);
        }),
      );
      const order = [...each.keys()].sort(() => (random.next().value % 3) - 1);
      expect(
        placesOf(
          rules,
          order.map((at) => exactly(each[at])),
        ),
      ).toEqual(order.map((at) => places[at]));
    }),
  ));

test('who divides a bonus gets no more than is there, but for what is rounded up', () =>
  fc.assert(
    fc.property(values, (each) => {
      const rules = exampleRules({ ties: 'divide' });
      const given = sumOf(placesOf(rules, each.map(exactly)).map(({ due }) => due));
      expect(given).toBeLessThanOrEqual(sumOf(rules.bonus.slice(0, each.length)) + 0.005 * each.length);
    }),
  ));

test('a bonus goes only to who would have it whatever the values are that are not known well enough', () => {
  const standing = fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom(0, 0, 0.02, 0.1))
    .map(([at, within]) => (within === 0 ? exactly(at / 100) : about(at / 100, within)));
  const classes = fc.array(standing, { maxLength: 10 });
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(classes, shares, (standings, at) => {
      const rules = exampleRules();
      const truly = standings.map(({ low, high }, n) => exactly(low === high ? low : low + at[n] * (high - low)));
      const [known, right] = [placesOf(rules, standings), placesOf(rules, truly)];
      known.forEach(({ place, due }, n) => {
        if (place === undefined) expect(due).toBe(0);
        else expect({ place, due }).toEqual(right[n]);
      });
      // When nothing may have a place any more, all places that are worth something are given.
      if (standings.some(mayHavePlace(rules, standings))) return;
      expect(known.map(({ due }) => due)).toEqual(right.map(({ due }) => due));
    }),
  );
});
