import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readAssignment, readDeliverables } from '@im2grade/handout/deliverables';
import { type ArchiveEntry, LINK_MODE, tarOf, zipOf } from '../../tests/e2e/support/archives.ts';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { readSubmission } from './readSubmission.ts';

const assignment = assignmentOf('cifar-nets');
const FIRST = 'models/first';
const WEIGHTS = `${FIRST}/my-model.weights.bin`;

const folder = mkdtempSync(join(tmpdir(), 'im2grade-weights-'));
afterAll(() => rmSync(folder, { recursive: true }));
let places = 0;
/** A path that no other test uses. */
const freshPath = (ending = ''): string => join(folder, `${places++}${ending}`);

const entry = (name: string, bytes: string | Uint8Array = name): ArchiveEntry => ({ name, bytes: Buffer.from(bytes) });
const manifest = (...paths: readonly string[]): ArchiveEntry =>
  entry(`${FIRST}/model.json`, JSON.stringify({ weightsManifest: [{ paths }] }));

function inFolder(entries: readonly ArchiveEntry[]): string {
  const place = freshPath();
  for (const { name, bytes } of entries) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), bytes!);
  }
  return place;
}

function inArchive(ending: string, bytes: Uint8Array): string {
  const place = freshPath(ending);
  writeFileSync(place, bytes);
  return place;
}

const packings: readonly [string, (entries: readonly ArchiveEntry[]) => string][] = [
  ['folder', inFolder],
  ['.zip', (entries) => inArchive('.zip', zipOf(entries))],
  ['.tar', (entries) => inArchive('.tar', tarOf(entries))],
  ['.tar.gz', (entries) => inArchive('.tar.gz', gzipSync(tarOf(entries)))],
];

const read = (path: string) => readSubmission(path, assignment);

describe.each(packings)('%s', (_, pack) => {
  test('weights are taken under the names that model.json gives them, wherever they are in it', async () => {
    const shards = Array.from({ length: 5 }, (__, i) => `group1-shard${i + 1}of5.bin`);
    const named = [entry(WEIGHTS), ...shards.map((name) => entry(`${FIRST}/${name}`))];
    const others = [entry(`${FIRST}/spare.bin`), entry(`models/my-model.weights.bin`), entry('my-model.weights.bin')];
    const { files, assumed } = await read(pack([...others, ...named, manifest('./my-model.weights.bin', ...shards)]));
    expect([...files.keys()]).toEqual([...named.map(({ name }) => name), `${FIRST}/model.json`].sort());
    expect(files.get(WEIGHTS)).toBe(Buffer.from(WEIGHTS).toString('base64'));
    expect(assumed.slice(-2)).toEqual([
      `${FIRST}/spare.bin is not taken; no model.json names it`,
      'models/my-model.weights.bin is not taken; no model.json names it',
    ]);
  });

  test('they are part of the digest', async () => {
    const digestOf = async (weights: string) =>
      (await read(pack([manifest('my-model.weights.bin'), entry(WEIGHTS, weights)]))).digest;
    expect(await digestOf('a')).not.toBe(await digestOf('b'));
    expect(await digestOf('a')).toBe(await digestOf('a'));
  });

  test('hostile names are not followed, and one line says so', async () => {
    const paths = ['../second.onnx', '/etc/passwd', '../../answers.yaml', 'a/b.bin', 'a\u202e\nb.bin'];
    const beside = [entry('models/second.onnx'), entry(`${FIRST}/a/b.bin`), entry('answers.yaml', 'a: 1')];
    const { files, assumed } = await read(pack([manifest(...paths), ...beside]));
    expect([...files.keys()]).toEqual(['answers.yaml', `${FIRST}/model.json`, 'models/second.onnx']);
    expect(assumed.filter((line) => line.includes('which is not taken'))).toHaveLength(paths.length);
    for (const line of assumed) expect(line).not.toMatch(/[^\P{C}]/u);
  });

  test('of a thousand names 64 are taken, and the rest is in a few lines', async () => {
    const names = Array.from({ length: 1000 }, (__, i) => `${i}.bin`);
    const { files, assumed } = await read(
      pack([manifest(...names), ...names.slice(0, 100).map((name) => entry(`${FIRST}/${name}`, '0'))]),
    );
    expect(files.size).toBe(65);
    expect(assumed).toContain(
      `${FIRST}/model.json names 1000 files of weights, and 64 are taken; save the model in fewer files`,
    );
    expect(assumed.length).toBeLessThan(25);
  });

  test('together they have at most as many bytes as one file', async () => {
    const shards = [80, 80, 10].map((bytes, i) => entry(`${FIRST}/${'abc'[i]}.bin`, Buffer.alloc(bytes)));
    const { files, assumed } = await readSubmission(pack([manifest('a.bin', 'b.bin', 'c.bin'), ...shards]), {
      ...assignment,
      deliverables: assignment.deliverables.map((each) => ({ ...each, fileBytes: 100 })),
    });
    expect([...files.keys()]).toEqual([`${FIRST}/a.bin`, `${FIRST}/c.bin`, `${FIRST}/model.json`]);
    expect(assumed.at(-1)).toMatch(
      /^not taken: .*models\/first\/b\.bin: the files of weights have more than 100 bytes together; make the model/,
    );
  });
});

describe('a link in place of weights', () => {
  test.each(packings.slice(1, 3))('in %s is refused', async (_, pack) => {
    const packed = pack([manifest('my-model.weights.bin'), { name: WEIGHTS, mode: LINK_MODE }]);
    await expect(read(packed)).rejects.toThrow(/my-model\.weights\.bin: is a symbolic link or a hard link/);
  });

  test('in a folder is not followed', async () => {
    const place = inFolder([manifest('soft.bin')]);
    symlinkSync('/etc/passwd', join(place, FIRST, 'soft.bin'));
    await expect(read(place)).rejects.toThrow(/soft\.bin: is a symbolic link or a hard link/);
  });

  test('that is a hard link is not read', async () => {
    const place = inFolder([manifest('hard.bin'), entry('secret')]);
    linkSync(join(place, 'secret'), join(place, FIRST, 'hard.bin'));
    const { files, assumed } = await read(place);
    expect([...files.keys()]).toEqual([`${FIRST}/model.json`]);
    expect(assumed).toEqual([`not taken: ${FIRST}/hard.bin: is a hard link; hand in a file of its own`]);
  });
});

test('a model that was packed one folder too high brings its weights along', async () => {
  const { name: _, ...json } = manifest('my-model.weights.bin');
  const place = inFolder([{ name: 'hand-in/first/model.json', ...json }, entry('hand-in/first/my-model.weights.bin')]);
  const { files } = await readSubmission(place, { ...assignment, deliverables: onlyFirst() });
  expect([...files.keys()]).toEqual([`${FIRST}/model.json`, WEIGHTS]);
});

test('from an archive that is in another one they are taken as well', async () => {
  const inner = zipOf([manifest('my-model.weights.bin'), entry(WEIGHTS), entry('answers.yaml', 'a: 1')]);
  const deliverables = assignment.deliverables.map((each) => ({ ...each, optional: each.modelOf !== undefined }));
  const needed = deliverables.filter(({ path, optional }) => optional || path === 'answers.yaml');
  const path = inArchive('.zip', zipOf([entry('hw.zip', inner)]));
  const { files } = await readSubmission(path, { ...assignment, deliverables: needed });
  expect([...files.keys()]).toEqual(['answers.yaml', `${FIRST}/model.json`, WEIGHTS]);
});

const onlyFirst = () => assignment.deliverables.filter(({ modelOf }) => modelOf === FIRST);

test('what the student’s side packs is what the grader takes', async () => {
  const names = ['my-model.weights.bin', '../second.onnx', 'a.bin', 'b\\c.bin', 'missing.bin', 'weights.bin'];
  const there = [WEIGHTS, `${FIRST}/a.bin`, `${FIRST}/b.bin`, `${FIRST}/weights.bin`, 'models/second.onnx'];
  const place = inFolder([manifest(...names), ...there.map((name) => entry(name))]);
  const { files, notTaken } = readDeliverables(readAssignment('skeleton/cifar-nets'), place);
  const graded = await read(place);
  expect([...files.keys()].sort()).toEqual([...graded.files.keys()]);
  for (const line of notTaken) expect(graded.assumed).toContain(line);
});
