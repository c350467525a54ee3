import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createRandom, type Random } from '@im2grade/nn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ArchiveEntry, LINK_MODE, tarOf, zipOf } from '../../tests/e2e/support/archives.ts';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { UngradableError } from '../model/errors.ts';
import { readSubmission } from './readSubmission.ts';

const HARMLESS = ['__MACOSX/._x', '.git/config', 'node_modules/a/index.js', 'package.json', 'src/notes.txt', 'a\nb'];
/** Every kind of name that has fooled an unpacker, among ordinary names. */
const NAMES = [
  ...['src/Im2MatLayer.ts', 'src/Conv2DLayer.ts', 'src/classify.ts', 'motivation.md'],
  ...['src/Im2MatLayer.ts', 'src/Conv2DLayer.ts', 'src/classify.ts', 'src', 'src/', 'hand-in', 'hand-in/'],
  ...[
    'SRC/im2matlayer.ts',
    '\u017frc/Im2MatLayer.ts',
    './src/../src/classify.ts',
    'src//classify.ts',
    'src\\classify.ts',
  ],
  ...['../escaped', '../../escaped', '/escaped', 'C:\\escaped', '\\\\host\\escaped', 'a/../../escaped', '..', '.', '/'],
  ...HARMLESS,
  // What was renamed or moved is recognised; whatever else it meets must not change that nothing else is taken.
  ...['Im2MatLayer.ts', 'classify.ts', 'src/Im2MatLayer (1).ts', 'src/classify.ts.txt', 'hw/hw/src/Conv2DLayer.ts'],
  ...['b/src/classify.ts', '../hw/src/classify.ts', '../hw/motivation.md', 'Motivation.MD', 'in.zip', 'in.tar.gz'],
  ...['', ' ', '\0', 'a\nb', '\u001b[2J', '\u202egnp.ts', 'é', 'e\u0301', '\ud800', 'x'.repeat(300), 'd/'.repeat(40)],
];
const MODES = [0o100644, 0o100644, 0o100644, 0o100644, 0, LINK_MODE, 0o040755, 0o010644, 0o020644, 0o140644];
const SIZES = [0, 1, 100, 511, 512, 513, 5000, 50_000, 262_144];
const CLAIMS = [0, 1, 10, 2 ** 31 - 1, 2 ** 32 - 1];
const MAX_GROWTH = 256 * 1024 * 1024;

const assignment = assignmentOf('conv2d-gemm');
const deliverables = assignment.deliverables.map(({ path }) => path);
const text = Buffer.from('export const line = 1; // one line of many\n'.repeat(8000));

let outer = '';
let staging = '';
beforeAll(() => {
  outer = mkdtempSync(join(tmpdir(), 'im2grade-fuzz-'));
  staging = join(outer, 'staging');
  mkdirSync(staging);
});
afterAll(() => rmSync(outer, { recursive: true, force: true }));

const among = <T>(random: Random, values: readonly T[]): T => values[random.integer(values.length)];

/** Half of them are valid submissions with extra files; the others may be anything. */
function someEntries(random: Random): ArchiveEntry[] {
  const top = among(random, ['', '', 'hand-in/', 'a/']);
  const isTame = random.integer(2) === 0;
  const extra = Array.from({ length: random.integer(6) }, () => among(random, isTame ? HARMLESS : NAMES));
  return [...(isTame ? deliverables : []), ...new Set(extra)].map((name) => ({
    name: isTame || random.integer(10) > 0 ? top + name : name,
    bytes: isTame || random.integer(9) > 0 ? text.subarray(0, among(random, SIZES)) : noise(random, 2000),
    mode: isTame ? MODES[0] : among(random, MODES),
    ...(!isTame && random.integer(20) === 0 ? { claimedSize: among(random, CLAIMS) } : {}),
  }));
}

const noise = (random: Random, length: number): Buffer =>
  Buffer.from(Uint8Array.from({ length }, () => random.integer(256)));

/** A third are left intact; the others are truncated, or have bytes overwritten, removed or inserted. */
function damaged(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = random.integer(Math.max(1, copy.length));
  switch (random.integer(6)) {
    case 0:
      return copy.subarray(0, at);
    case 1:
      return Buffer.concat([copy.subarray(0, at), noise(random, 1 + random.integer(40)), copy.subarray(at)]);
    case 2:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + random.integer(600))]);
    case 3:
      for (let i = 1 + random.integer(8); i > 0; i--) copy[random.integer(copy.length)] = random.integer(256);
      return copy;
    default:
      return copy;
  }
}

const packers: readonly [string, number, (entries: readonly ArchiveEntry[]) => Buffer][] = [
  ['zip', 4000, zipOf],
  ['tar', 2000, tarOf],
  ['tgz', 2000, (entries) => gzipSync(tarOf(entries), { level: 1 })],
];

/** Either deliverables within their limits or one line of refusal: no other result is allowed. */
async function expectCleanIntake(path: string): Promise<'taken' | 'refused'> {
  try {
    const { files, ignored, assumed, unusable } = await readSubmission(path, assignment);
    for (const [name, content] of files) {
      if (!deliverables.includes(name) || Buffer.byteLength(content) > assignment.limits.fileBytes)
        throw new Error(`took ${name}`);
    }
    expect(JSON.stringify([ignored, assumed, [...unusable]]).length).toBeLessThan(50_000);
    for (const line of [...assumed, ...unusable.values()]) expect(line).not.toMatch(/[^\P{C}]/u);
    expect([...unusable.keys()].filter((name) => files.has(name) || !deliverables.includes(name))).toEqual([]);
    return 'taken';
  } catch (error) {
    if (!(error instanceof UngradableError) || /\n/u.test(error.message)) throw error;
    return 'refused';
  }
}

async function expectAllClean(cases: number, makeCase: (random: Random, seed: number) => string): Promise<void> {
  const before = process.memoryUsage().rss;
  const results = { taken: 0, refused: 0 };
  for (let seed = 1; seed <= cases; seed++) {
    const path = makeCase(createRandom(seed), seed);
    try {
      results[await expectCleanIntake(path)]++;
    } catch (error) {
      throw new Error(`case ${seed}`, { cause: error });
    }
    rmSync(path, { recursive: true });
  }
  expect(Math.min(results.taken, results.refused)).toBeGreaterThan(cases / 50);
  expect(readdirSync(outer)).toEqual(['staging']);
  expect(readdirSync(staging)).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH);
}

test.each(packers)('any %s of %i, damaged or not, is accepted, or refused in one line', (suffix, cases, pack) =>
  expectAllClean(cases, (random) => {
    const path = join(staging, `ada.${suffix}`);
    writeFileSync(path, damaged(random, pack(someEntries(random))));
    return path;
  }),
);

test('any folder of 2000 is accepted, or refused in one line', () => {
  return expectAllClean(2000, (random) => {
    const path = join(staging, 'ada');
    mkdirSync(path);
    for (const { name, bytes, mode } of someEntries(random)) {
      // Nothing is written outside the folder; names that the file system refuses are skipped.
      if (name.includes('\0') || name.split('/').includes('..')) continue;
      try {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        if (mode === LINK_MODE) symlinkSync(among(random, ['/etc/passwd', '/dev/zero', '.', 'src']), join(path, name));
        else if (mode === 0o040755) mkdirSync(join(path, name));
        else writeFileSync(join(path, name), bytes!);
      } catch {
        continue;
      }
    }
    return path;
  });
});
