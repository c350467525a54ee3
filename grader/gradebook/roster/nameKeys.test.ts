import { expect, test } from '@jest/globals';
import { asciiNameKeys, nameKeys } from './nameKeys.ts';

test('a name is found however a platform has run its words together', () => {
  const [written, ...others] = ['Ada King Lovelace', 'Lovelace, Ada King', 'adakinglovelace', 'lovelaceadaking'].map(
    nameKeys,
  );
  for (const keys of others) expect(keys.some((key) => written.includes(key))).toBe(true);
});

test('a text of very many words has few keys, and is still found as it is written', () => {
  const words = Array.from({ length: 1000 }, (_, at) => `w${at}`).join(' ');
  for (const keys of [nameKeys(words), asciiNameKeys(words)]) expect(keys.length).toBeLessThanOrEqual(4);
  expect(nameKeys(words)).toEqual(nameKeys(words.replaceAll(' ', '-')));
});
