import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const COMPLETE = join(ROOT, 'examples/complete');
const CLASS = ['class', join(ROOT, 'examples'), '--assignment', 'conv2d-gemm'];

const POINTS = /^grade: --fail-under .*: must be a number of points, like 60 or 12\.5$/;
const SEED = /^grade: --seed .*: must be an integer from 0 to 2147483647$/;
const COUNT = /^grade: --(?:jobs|repeat) .*: must be a whole number of at least 1$/;
const ONLY = /^grade: --only: name a criterion/;

type Refused = [message: RegExp, ...args: string[]];

const refused: readonly Refused[] = [
  ...['70%', 'x', '', '-1', 'Infinity', 'NaN', '0x10', '1e3', ' 5', '6o'].map((value): Refused => [
    POINTS,
    COMPLETE,
    `--fail-under=${value}`,
  ]),
  ...['x', '', '-1', '1.5', 'Infinity', '0x10', '2147483648'].map((value): Refused => [
    SEED,
    COMPLETE,
    `--seed=${value}`,
  ]),
  [SEED, ...CLASS, '--seed=x'],
  ...['NaN', '0', '', '-2', '2x', '1.5', 'Infinity', '0x2'].map((value): Refused => [
    COUNT,
    COMPLETE,
    `--repeat=${value}`,
  ]),
  ...['2x', '0', '', '-1', 'Infinity'].map((value): Refused => [COUNT, ...CLASS, `--jobs=${value}`]),
  [/^grade: --seed is given more than once/, COMPLETE, '--seed=1', '--seed=2'],
  [/^grade: --out: its value is missing/, COMPLETE, '--out='],
  [ONLY, COMPLETE, '--only'],
  [ONLY, COMPLETE, '--only='],
  [ONLY, COMPLETE, '--only', 'im2mat', ''],
  [ONLY, ...CLASS, '--only'],
  [/^grade: unknown criterion "im2mat\.colour"; conv2d-gemm has /, COMPLETE, '--only', 'im2mat', 'im2mat.colour'],
  [/^grade: unknown criterion "conv-scalar"; conv2d-gemm has /, COMPLETE, '--only', 'conv-scalar'],
  [/^grade: unknown criterion "colour"; conv2d-gemm has /, ...CLASS, '--only', 'colour'],
];

test.concurrent.each(refused)('%s: %s %s %s %s %s', (message, ...args) =>
  inFolder({}, async (folder) => {
    const { code, stdout, stderr } = await runGrade(args, folder);
    expect({ code, stdout, files: readdirSync(folder) }).toEqual({ code: 2, stdout: '', files: [] });
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(message)]);
  }),
);
