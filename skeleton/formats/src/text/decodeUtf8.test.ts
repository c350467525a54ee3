import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeUtf8 } from './decodeUtf8.ts';

test('any text comes back', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const whole = text.toWellFormed();
      expect(decodeUtf8(new TextEncoder().encode(whole))).toBe(whole);
    }),
  ));

test('text of many characters comes back', () => {
  const text = 'é∑😀a'.repeat(5000);
  expect(decodeUtf8(new TextEncoder().encode(text))).toBe(text);
});

test('any bytes end in text, and what is text in them stays', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      const text = decodeUtf8(Uint8Array.of(...bytes, 0x20, 0x61));
      expect(text.endsWith(' a')).toBe(true);
      expect(text.isWellFormed()).toBe(true);
    }),
  ));

test.each([
  ['a lone byte of a character', [0x80]],
  ['a character in too many bytes', [0xc0, 0x80]],
  ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
  ['more than the last character', [0xf4, 0x90, 0x80, 0x80]],
])('%s is no text', (_, bytes) => expect(decodeUtf8(Uint8Array.from(bytes))).toContain('\ufffd'));
