import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shellWord } from './shellWord.ts';

test('a shell reads the word', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ unit: 'grapheme' }).filter((word) => !word.includes('\0')),
        { maxLength: 8 },
      ),
      (words) => {
        const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' start ${words.map(shellWord).join(' ')}`], {
          encoding: 'utf8',
        });
        expect(stdout.split('\0')).toEqual(['start', ...words, '']);
      },
    ),
    { numRuns: 20 },
  ));

test('only what needs it is quoted', () => {
  expect(shellWord('results/hw-1/batch.slurm')).toBe('results/hw-1/batch.slurm');
  expect(shellWord('CNN course (2)')).toBe("'CNN course (2)'");
});
