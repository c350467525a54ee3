import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { madeUpCifar } from '@im2grade/data/madeUpCifar';
import { decodeSafetensors, encodeSafetensors } from '@im2grade/formats';

const ROOT = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'im2grade-check-'));
const DATA = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true }));

/** The images with which the reference was made, as files of CIFAR-10. */
beforeAll(() => {
  mkdirSync(DATA);
  const { train, test: hidden } = madeUpCifar();
  const names = [...[1, 2, 3, 4, 5].map((n) => `data_batch_${n}`), 'test_batch'];
  for (const [i, name] of names.entries()) {
    const [from, count] = name === 'test_batch' ? [0, hidden.count] : [i * (train.count / 5), train.count / 5];
    writeFileSync(join(DATA, `${name}.bin`), records(name === 'test_batch' ? hidden : train, from, count));
  }
});

function records({ images, labels }: { images: Uint8Array; labels: Uint8Array }, from: number, count: number): Buffer {
  const PLANE = 32 * 32;
  const rows = Array.from({ length: count }, (_, n) => {
    const image = images.subarray((from + n) * 3 * PLANE, (from + n + 1) * 3 * PLANE);
    const planes = Uint8Array.from({ length: 3 * PLANE }, (__, i) => image[(i % PLANE) * 3 + Math.floor(i / PLANE)]);
    return Buffer.concat([Buffer.of(labels[from + n]), planes]);
  });
  return Buffer.concat(rows);
}

/** A hand-in made from the reference. */
function handIn(name: string): string {
  const place = join(folder, name);
  cpSync(join(ROOT, 'reference/cifar-nets'), place, { recursive: true });
  return place;
}

function check(place: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'programs/check.ts', join(place, 'models'), '--data', DATA, ...args],
    { cwd: join(ROOT, 'skeleton/cifar-nets'), encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

test('says of a right hand-in what the grader will say', () => {
  const { status, stdout, stderr } = check(handIn('right'));
  expect(stderr).toBe('');
  expect(stdout).toMatch(/✓ all 13 nodes are known: 390410 parameters/u);
  expect(stdout).toMatch(/✓ its 8 layers are those of Table 1/u);
  expect(stdout).toMatch(
    /✓ recognises \d+\.\d % of 30 images kept for validation; asked are 60\.0 % of the test images/u,
  );
  expect(stdout).toMatch(/✓ answers\.yaml: second\.table has the model's 3 layers with parameters/u);
  expect(stdout).toMatch(/✓ curves\/first\.csv: 5 epochs/u);
  expect(stdout).not.toMatch(/✗/u);
  expect(status).toBe(0);
});

test('names each mistake in a line, as the grader does', () => {
  const place = handIn('wrong');
  cpSync(join(place, 'models/first.onnx'), join(place, 'models/lenet.onnx'));
  writeFileSync(join(place, 'models/second.safetensors'), 'no tensors');
  rmSync(join(place, 'models/transfer.safetensors'));
  cpSync(join(place, 'models/first.onnx'), join(place, 'models/transfer.onnx'));
  const curves = readFileSync(join(place, 'curves/first.csv'), 'utf8').replace('validation_loss', 'validation_lost');
  writeFileSync(join(place, 'curves/first.csv'), curves);
  const { status, stdout } = check(place, '--json');
  const wrong = (JSON.parse(stdout) as { is: string; text: string }[]).filter(({ is }) => is === 'wrong');
  const texts = wrong.map(({ text }) => text).join('\n');
  expect(texts).toMatch(/^Conv2D 32: asked are 32 filters of 5×5/mu);
  expect(texts).toMatch(/^second\.safetensors: /mu);
  expect(texts).toMatch(/^exporters change the tensors; hand in the state dict itself/mu);
  expect(texts).toMatch(/^curves\/first\.csv: there is no column validation_loss/mu);
  expect(status).toBe(1);
});

test('goes on after a model that is damaged', () => {
  const place = handIn('damaged');
  rmSync(join(place, 'models/lenet.onnx'));
  mkdirSync(join(place, 'models/lenet'));
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  const config = `{"name":"p","batch_input_shape":[null,32,32,3],"padding":"valid","pool_size":${deep}}`;
  writeFileSync(
    join(place, 'models/lenet/model.json'),
    `{"modelTopology":{"class_name":"Sequential","config":{"layers":[{"class_name":"MaxPooling2D","config":${config}}]}},"weightsManifest":[]}`,
  );
  const { status, stdout, stderr } = check(place);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^✗ model\.json: is nested too deeply; hand in what model\.save\(\) wrote$/mu);
  expect(stdout).toMatch(/✓ answers\.yaml: second\.table has the model's 3 layers with parameters/u);
  expect(status).toBe(1);
});

test('reads the state dict of a wrapped network', () => {
  const place = handIn('wrapped');
  const path = join(place, 'models/transfer.safetensors');
  const { tensors, metadata } = decodeSafetensors(readFileSync(path));
  const wrapped = Object.fromEntries(Object.entries(tensors).map(([name, each]) => [`module.model.${name}`, each]));
  writeFileSync(path, encodeSafetensors({ tensors: wrapped, metadata }));
  const lines = (from: string): string[] =>
    check(from)
      .stdout.split('\n')
      .filter((line) => !line.includes(' bytes'));
  expect(lines(place)).toEqual(lines(handIn('not-wrapped')));
});

test('without images it says how they are fetched, and a wrong folder is refused in one line', () => {
  const none = check(handIn('imageless'), '--data', join(folder, 'nowhere'));
  expect(none.stdout).toMatch(/\? accuracy: .*npm run setup-cifar/u);
  const { status, stderr } = check(folder.replace(/$/u, '/elsewhere'), '--images', '0');
  expect([status, stderr]).toEqual([2, 'check: --images 0: must be an integer of at least 1\n']);
});

test('models whose files were renamed are read, and files that are not taken are named', () => {
  const place = handIn('renamed');
  rmSync(join(place, 'models/first.onnx'));
  rmSync(join(place, 'models/second.safetensors'));
  const accepted = join(ROOT, 'tests/cifar-nets/accepted');
  cpSync(join(accepted, 'tensorflow-js/models/first'), join(place, 'models/first'), { recursive: true });
  for (const ending of ['onnx', 'onnx.data'])
    cpSync(join(accepted, `external-data/models/first.${ending}`), join(place, `models/second.${ending}`));
  writeFileSync(join(place, 'models/first/old.bin'), '');
  const { stdout } = check(place);
  expect(stdout).toMatch(/^ {2}models\/first\/model\.json: \d+ \+ 53224 of/mu);
  expect(stdout).toMatch(/^ {2}models\/second\.onnx: \d+ \+ 53224 of/mu);
  expect(stdout.match(/✓ all \d+ nodes are known/gu)).toHaveLength(4);
  expect(stdout).toMatch(/^\? models\/first\/old\.bin is not taken; no model\.json names it$/mu);
});

test('weights that are missing are named with what they would be taken as', () => {
  const place = handIn('missing');
  cpSync(join(ROOT, 'tests/cifar-nets/accepted/external-data/models/first.onnx'), join(place, 'models/first.onnx'));
  writeFileSync(join(place, 'models/model.onnx.data'), '');
  const { status, stdout } = check(place);
  expect(stdout).toMatch(/is in "model\.onnx\.data", which is not there; hand it in as first\.onnx\.data, or/u);
  expect(stdout).toMatch(
    /^\? models\/model\.onnx\.data is not taken; it would be taken as .*models\/first\.onnx\.data/mu,
  );
  expect(status).toBe(1);
});
