import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commonFragments } from './commonFragments.ts';
import { fingerprintsOf, GRAM, gramsOf } from './fingerprints.ts';
import { END_OF_UNIT, packed, unpacked, WIDTH } from './tokens/packed.ts';

/** Of so many tokens in common, every pair of texts notices some: the guarantee of winnowing. */
const NOTICED = GRAM + 3;

/** A text of one unit whose words are these numbers, one character each. */
const textOf = (words: readonly number[]): Int32Array =>
  unpacked(packed([words.map((word, at) => ({ text: String(word), start: at, end: at + 1 }))]));

const words = (least: number, most: number) => fc.array(fc.nat(5), { minLength: least, maxLength: most });

test('whatever is around a long enough part in common, the part is noticed', () =>
  fc.assert(
    fc.property(words(NOTICED, 40), words(0, 40), words(0, 40), words(0, 40), words(0, 40), (part, a, b, c, d) => {
      const [first, second] = [textOf([...a, ...part, ...b]), textOf([...c, ...part, ...d])];
      const ours = new Set(fingerprintsOf(gramsOf(first)));
      expect(fingerprintsOf(gramsOf(second)).some((print) => ours.has(print))).toBe(true);
      const [longest] = commonFragments(first, second, new Set(), 1);
      expect(longest.tokens).toBeGreaterThanOrEqual(part.length);
    }),
  ));

test('parts in common are the same words in both texts, and none overlaps another', () =>
  fc.assert(
    fc.property(words(0, 80), words(0, 80), (one, other) => {
      const fragments = commonFragments(textOf(one), textOf(other), new Set(), 5);
      for (const { tokens, first, second } of fragments) {
        const [ours, theirs] = [one.slice(first.start, first.end + 1), other.slice(second.start, second.end + 1)];
        expect(ours).toEqual(theirs);
        expect(ours).toHaveLength(tokens);
      }
      const places = fragments.map(({ first }) => first).sort((a, b) => a.start - b.start);
      places.slice(1).forEach(({ start }, at) => expect(start).toBeGreaterThan(places[at].end));
    }),
  ));

test('no gram reaches from one function into the next', () => {
  const unit = [1, 2, 3, 4, 5].map((word) => ({ text: String(word), start: word, end: word }));
  expect([...fingerprintsOf(gramsOf(unpacked(packed([unit, unit, unit]))))]).toEqual([]);
});

test('tokens that another process packed are as they were', () => {
  const tokens = unpacked(packed([[{ text: 'if', start: 3, end: 5 }]]));
  expect([...tokens.slice(1, WIDTH)]).toEqual([3, 5]);
  expect([...tokens.slice(WIDTH)]).toEqual([END_OF_UNIT, 0, 0]);
});
