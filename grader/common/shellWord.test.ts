import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shellPath, shellWord } from './shellWord.ts';

test('a shell reads each word as it was', () => {
  const words = fc.sample(
    fc.string({ unit: 'binary' }).map((word) => word.replaceAll('\0', '')),
    200,
  );
  const given = [...words, "my course's", '$HOME', '~', '*', ''];
  const printed = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${given.map(shellWord).join(' ')}`], {
    encoding: 'utf8',
  });
  expect(printed.split('\0').slice(0, -1)).toEqual(given);
});

test('a plain word stays as it is, and a path is no option', () => {
  expect(shellWord('../out/größe-1.zip')).toBe('../out/größe-1.zip');
  expect(shellPath('-f')).toBe('./-f');
});
