import { expect, test } from '@jest/globals';
import { differences } from './differences.ts';

const TOO_MUCH = 'Too much differs to be shown.';
const lines = (size: number, what: string) => Array.from({ length: size }, (_, at) => `${what} ${at}\n`).join('');
const textsOf = (files: number, size: number, what: string) =>
  new Map(Array.from({ length: files }, (_, at) => [`src/${at}.ts`, lines(size, `${what} ${at}`)]));
const shown = (files: number, size: number) =>
  differences(textsOf(files, size, 'old'), textsOf(files, size, 'new')).markup;

test('a file is compared line by line unless too much of it differs', () => {
  expect(shown(1, 900)).toContain('<ins>+new 0 0</ins>');
  expect(shown(1, 1100).split(TOO_MUCH)).toHaveLength(2);
});

test('several files have one limit together, because the desk gives no answer while it compares', () => {
  expect(shown(4, 450)).toContain('<ins>+new 3 0</ins>');
  expect(shown(4, 900).split(TOO_MUCH)).toHaveLength(5);
});
