import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inFolder } from '../../tests/e2e/support/runGrade.ts';
import { UsageError } from '../model/errors.ts';
import { readAssignment } from './readAssignment.ts';

const GOOD = readFileSync('skeleton/conv2d-gemm/assignment.yaml', 'utf8');

/** Each line refers to the one before nine times. */
const BOMB = ['x', '*a', '*b', '*c']
  .map((item, i) => `${'abcd'[i]}: &${'abcd'[i]} [${Array.from({ length: 9 }, () => item).join(', ')}]\n`)
  .join('');

/** Only as much of a skeleton as the file names. */
const SKELETON = {
  'skeleton/nn/package.json': '{}',
  'x/src/entry.ts': '',
  'x/src/Im2MatLayer.ts': 'export class Im2MatLayer {}',
  'x/src/Conv2DLayer.ts': 'export class Conv2DLayer {}',
  'x/src/classify.ts': 'export function tuned() {}',
};

const read = (text: string) =>
  inFolder({ ...SKELETON, 'x/assignment.yaml': text }, async (folder) =>
    readAssignment(folder, 'x', { skeleton: join(folder, 'x'), reference: folder, tests: folder }),
  );

const withBoard = (more: string): string =>
  `leaderboard: { value: speed, better: higher, shown: { as: number, decimals: 1 }, bonus: [1], ${more} }\n${GOOD}`;

const withRules = (line: string): string => `${line}\n${GOOD}`;

test('a good file is read', async () => expect((await read(GOOD)).title).toContain('conv2d'));

test.each([
  [
    'an unknown field',
    GOOD.replace('version: 1', 'version: 1\ncolour: red'),
    /assignment\.yaml:1:1: unknown: "colour"; is it misspelt\?$/,
  ],
  [
    'points that are not a number',
    GOOD.replace('points: 3', 'points: many'),
    /assignment\.yaml:\d+:\d+: rubric\.0\.criteria\.0\.points: /,
  ],
  [
    'a manual criterion that is worth nothing',
    GOOD.replace(/points: [\d.]+(\n\s+kind: manual)/, 'points: 0$1'),
    /points: a manual criterion must be worth points/,
  ],
  [
    'a leaderboard of a criterion that there is none of',
    withBoard('from: [im2mat.nothing]'),
    /assignment\.yaml:1:\d+: leaderboard\.from\.0: "im2mat\.nothing" is not a criterion$/,
  ],
  [
    'a leaderboard of what a person judges',
    withBoard('from: [question3.motivation]'),
    /leaderboard\.from\.0: "question3\.motivation" is judged by a person; a value must be measured$/,
  ],
  [
    'a leaderboard that sets what its criterion does not read',
    withBoard('from: [im2mat.identity], settings: { all: 1 }'),
    /leaderboard\.settings\.all: is not a setting of im2mat\.identity$/,
  ],
  [
    'an id used twice',
    GOOD.replace('id: im2mat.padding', 'id: im2mat.definition'),
    /:\d+:\d+: rubric\.0\.criteria\.1\.id: "im2mat\.definition" is used twice/,
  ],
  [
    'a need that is not listed above',
    GOOD.replace(/(&question1\s+\[\s*)im2mat\.definition/, '$1im2mat.colour'),
    /"im2mat\.colour" is not a criterion above this one/,
  ],
  [
    'a criterion beside one that does not exist',
    GOOD.replace('beside: &im2mat [im2mat.definition', 'beside: &im2mat [im2mat.colour'),
    /\.beside\.0: "im2mat\.colour" is not a criterion/,
  ],
  [
    'a criterion beside one that counts beside others',
    GOOD.replace('beside: [conv2d.forward]', 'beside: [conv2d.input-untouched]'),
    /\.beside\.0: "conv2d\.input-untouched" counts beside others itself/,
  ],
  [
    'an examined file that is not a deliverable',
    GOOD.replace('examines: [motivation.md]', 'examines: [essay.md]'),
    /"essay\.md" is not a deliverable/,
  ],
  [
    'an entry that is not in the skeleton',
    GOOD.replace('entry: src/entry.ts', 'entry: src/entryy.ts'),
    /assignment\.yaml:\d+:\d+: entry: "src\/entryy\.ts" is not in the skeleton/,
  ],
  [
    'a package that does not exist',
    GOOD.replace("packages: ['@im2grade/nn']", "packages: ['@im2grade/nnn']"),
    /assignment\.yaml:\d+:\d+: packages\.0: "@im2grade\/nnn" is not a package in skeleton/,
  ],
  [
    'an export that the skeleton does not have',
    GOOD.replace('exports: [tuned]', 'exports: [tunedd]'),
    /assignment\.yaml:\d+:\d+: deliverables\.2\.exports\.0: src\/classify\.ts of the skeleton does not export "tunedd"/,
  ],
  ['broken YAML', GOOD.replace('rubric:', 'rubric: ['), /assignment\.yaml:\d+:\d+: \S/],
  ['an alias of nothing', `late: *nowhere\n${GOOD}`, /assignment\.yaml:1:1: Unresolved alias/],
  ['aliases of aliases', `${BOMB}${GOOD}`, /assignment\.yaml:1:1: Excessive alias count/],
  ['a key that is a list', `? [a]\n: b\n${GOOD}`, /assignment\.yaml:1:3: a key must be a text/],
  ['nothing at all', '', /assignment\.yaml:1:1: the file is empty$/],
  ['several mistakes', GOOD.replaceAll('points: 3', 'points: many'), /:\d+:\d+: rubric\.0\.[^\n]* \(and \d+ more\)$/],
  [
    'a late policy whose steps are not in order',
    withRules('late: [{ within: 7 days, keep: 50% }, { within: 1 day, keep: 20% }]'),
    /assignment\.yaml:1:\d+: late\.1\.within: must be longer than the step above/,
  ],
  [
    'a duration that is not one',
    withRules('late: [{ within: soon, keep: 50% }]'),
    /late\.0\.within: "soon" must be a number of minutes, hours, days or weeks: 7 days/,
  ],
  ['a share above 100%', withRules('late: [{ within: 1 day, keep: 150% }]'), /late\.0\.keep: must be a share from 0%/],
  [
    'a weight for a group that does not exist',
    withRules('weights: { groups: { Essay: 100 } }'),
    /weights\.groups\.Essay: "Essay" is not a group/,
  ],
])('%s is refused with file and line', async (_, text, message) => {
  const error = await read(text).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message).toMatch(message);
  expect((error as Error).message).not.toContain('\n');
});
