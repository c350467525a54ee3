import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gradingCommands } from './gradingCommands.ts';

/** The words of a command as a shell passes them on. */
const wordsOf = (command: string): string[] =>
  execFileSync('/bin/sh', ['-c', `for word in "$@"; do :; done; set -- ${command}; printf '%s\\0' "$@"`])
    .toString()
    .split('\0')
    .slice(0, -1);

const commandsOf = (...words: string[]) => gradingCommands({ words, assignment: 'conv2d-gemm', seed: 7 });

test('plain paths are not quoted', () => {
  expect(commandsOf('submissions/José-1.zip').all).toBe(
    'npm run grade -- submissions/José-1.zip --assignment conv2d-gemm --seed 7',
  );
  expect(commandsOf('class', 'hw.zip').only('im2mat.identity')).toBe(
    'npm run grade -- class hw.zip --assignment conv2d-gemm --only im2mat.identity --seed 7',
  );
});

test.each([
  `hw/O'Brien; Sean "x"`,
  'Alan Turing_32_assignsubmission_file',
  '$(rm -rf x)`y`',
  '-rf',
  '~/a*b?',
  'a\\b!c #d',
])('a shell passes %s on as it is', (path) => {
  const shown = path.startsWith('-') ? `./${path}` : path;
  expect(wordsOf(commandsOf(path).all).slice(3)).toEqual(['--', shown, '--assignment', 'conv2d-gemm', '--seed', '7']);
});

test('a shell passes any path on as it is', () => {
  const path = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((text) => !/[\0-]/u.test(text));
  fc.assert(
    fc.property(path, (text) => {
      expect(wordsOf(commandsOf(text).all)[4]).toBe(text);
    }),
    { numRuns: 30 },
  );
});
