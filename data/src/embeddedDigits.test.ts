import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { embeddedDigits } from './embeddedDigits.ts';

const digits = embeddedDigits();
const parts = Object.entries(digits);

test('the split is the documented one', () => {
  expect(parts.map(([name, { count }]) => [name, count])).toEqual([
    ['train', 6999],
    ['validation', 1005],
    ['hiddenTest', 1996],
  ]);
});

test.each(parts)('every digit is in %s', (_, { labels }) => expect(new Set(labels).size).toBe(10));

test('no image is in two parts', () => {
  const seen = new Map<string, string>();
  let shared = 0;
  for (const [name, { images, count }] of parts) {
    for (let i = 0; i < count; i++) {
      const image = createHash('sha256')
        .update(images.subarray(i * 784, (i + 1) * 784))
        .digest('hex');
      if (seen.has(image) && seen.get(image) !== name) shared++;
      seen.set(image, name);
    }
  }
  expect(shared).toBe(0);
});
