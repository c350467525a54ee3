import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FileNames } from './FileNames.ts';

test.each([
  ['Ada Lovelace', 'Ada_Lovelace'],
  ['José-1.zip', 'José-1.zip'],
  [`O'Brien; Sean "x"`, 'O_Brien_Sean_x_'],
  ['../../etc', 'etc'],
  ['...', 'submission'],
  ['CON', 'CON_'],
  ['aux.txt', 'aux_.txt'],
  ['Connie', 'Connie'],
  ['trail.', 'trail'],
])('%s is %s', (text, name) => expect(new FileNames().nameFor(text)).toBe(name));

test('a taken name gets a number, also in other case', () => {
  const names = new FileNames(['class.json']);
  expect(['Ada', 'ada', 'ADA', 'class.json'].map((text) => names.nameFor(text))).toEqual([
    'Ada',
    'ada.2',
    'ADA.3',
    'class.json.2',
  ]);
});

test('any texts get names that are distinct without case, and lead nowhere', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      const names = new FileNames();
      const found = texts.map((text) => names.nameFor(text));
      expect(new Set(found.map((name) => name.toLowerCase())).size).toBe(texts.length);
      for (const name of found) expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u);
    }),
  );
});
