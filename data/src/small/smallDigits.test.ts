import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { embeddedDigits } from '../embeddedDigits.ts';
import { loadSmallDigits } from './loadSmallDigits.ts';
import { resampled } from './mnist16.ts';
import type { SmallDigits } from './SmallDigits.ts';

const root = mkdtempSync(join(tmpdir(), 'im2grade-usps-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Each digit has a pixel of its own, so that it differs from all others. */
const lines = (count: number): string =>
  Array.from({ length: count }, (_, n) => `${(n % 10) + 1} ${(n % 256) + 1}:${((n + 1) / 2000).toFixed(4)} `).join(
    '\n',
  ) + '\n';
const identities = ({ images, labels }: SmallDigits): string[] =>
  Array.from(labels, (label, n) => `${label} ${images.subarray(n * 256, (n + 1) * 256).join()}`);

describe('USPS as LIBSVM publishes it', () => {
  test('1,000 of the digits to train on are held out, always the same', async () => {
    const folder = folderWith({ usps: lines(1030), 'usps.t': lines(3) });
    const { name, train, validation, test: judged } = await loadSmallDigits(folder);
    expect([name, train.count, validation.count, judged.count]).toEqual(['USPS', 30, 1000, 3]);
    expect(new Set([...identities(train), ...identities(validation)]).size).toBe(1030);
    const again = await loadSmallDigits(folder);
    expect(again.train).toEqual(train);
    expect([...judged.labels]).toEqual([0, 1, 2]);
    expect([...judged.images.subarray(256, 259)]).toEqual([0.5, Math.fround((0.001 + 1) / 2), 0.5]);
  });

  test('packed by gzip', async () => {
    const [train, judged] = [lines(1001), lines(2)].map((text) => gzipSync(text));
    expect((await loadSmallDigits(folderWith({ 'usps.gz': train, 'usps.t.gz': judged }))).train.count).toBe(1);
  });

  const hasBzip2 = spawnSync('bzip2', ['--help']).error === undefined;
  (hasBzip2 ? test : test.skip)('packed by bzip2', async () => {
    const folder = folderWith({ usps: lines(1001), 'usps.t': lines(2) });
    execFileSync('bzip2', [join(folder, 'usps'), join(folder, 'usps.t')]);
    expect((await loadSmallDigits(folder)).test.count).toBe(2);
    writeFileSync(join(folder, 'usps.bz2'), 'no archive');
    await expect(loadSmallDigits(folder)).rejects.toThrow(/usps\.bz2: cannot be unpacked \([^\n]+\)$/);
  });

  test.each([
    [{ usps: lines(1001).replace('3 3:', '11 3:'), 'usps.t': lines(1) }, /usps:3: label "11"; labels are 1 to 10$/],
    [{ usps: lines(1001), 'usps.t': '1 257:0.5' }, /usps\.t:1: "257:0\.5" is not a pixel: index:value/],
    [{ usps: lines(1001), 'usps.t': '1 7:2' }, /usps\.t:1: "7:2" is not a pixel/],
    [{ usps: lines(1001) }, /usps\.t: not there, nor with \.gz or \.bz2$/],
    [{ usps: lines(1000), 'usps.t': lines(1) }, /usps: 1000 images; of more than 1000, 1000 are held out/],
    [{ 'usps.gz': 'no archive', 'usps.t': lines(1) }, /usps\.gz: cannot be read/],
  ])('what cannot be used is refused in one line (%#)', async (files, message) => {
    await expect(loadSmallDigits(folderWith(files))).rejects.toThrow(message);
  });
});

describe('the course’s usps.npz', () => {
  const npy = (descr: string, shape: readonly number[], body: Uint8Array): Buffer => {
    const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
    const header = Buffer.from(`${text.padEnd(117)}\n`, 'latin1');
    return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.of(header.length, 0), header, body]);
  };
  const images = (count: number, first: number) =>
    npy('<f4', [count, 1, 16, 16], new Uint8Array(new Float32Array(count * 256).fill(first).buffer));
  const oneHot = (...digits: number[]) =>
    npy(
      '<f8',
      [digits.length, 10],
      new Uint8Array(
        Float64Array.from(digits.flatMap((digit) => Array.from({ length: 10 }, (_, k) => Number(k === digit)))).buffer,
      ),
    );
  const parts = {
    train: images(3, 0.25),
    train_labels: oneHot(4, 0, 9),
    validation: images(2, 0.5),
    validation_labels: npy('<i8', [2], new Uint8Array(BigInt64Array.of(7n, 8n).buffer)),
    test: images(1, 0.75),
    test_labels: npy('|u1', [1], Uint8Array.of(3)),
  };
  const load = (changed: Readonly<Record<string, Uint8Array>> = {}) =>
    loadSmallDigits(folderWith({ 'usps.npz': stored({ ...parts, ...changed }) }));

  test('its three parts, with labels one-hot or as digits', async () => {
    const { name, train, validation, test: judged } = await load();
    expect(name).toBe('USPS');
    expect([train, validation, judged].map(({ count, labels }) => [count, [...labels]])).toEqual([
      [3, [4, 0, 9]],
      [2, [7, 8]],
      [1, [3]],
    ]);
    expect([train, validation, judged].map((part) => part.images[5])).toEqual([0.25, 0.5, 0.75]);
  });

  test.each([
    [
      { train: npy('<f4', [3, 15, 16], new Uint8Array(4 * 720)) },
      /train has shape \(3, 15, 16\); images of 16×16 are needed$/,
    ],
    [{ train_labels: oneHot(1, 2) }, /train_labels has shape \(2, 10\) for 3 images; \(3, 10\) is needed$/],
    [{ test_labels: npy('|u1', [1], Uint8Array.of(10)) }, /test_labels: image 0 has no label of 0 to 9$/],
    [{ test: npy('>f4', [1, 256], new Uint8Array(1024)) }, /test\.npy holds numbers of type ">f4"/],
    [{ test: images(1, 0).subarray(0, 500) }, /test\.npy holds \d+ bytes; its shape \(1, 1, 16, 16\) wants 1024$/],
    [{ test: Buffer.from('nothing') }, /test\.npy does not begin as a \.npy file does$/],
  ])('what cannot be used is refused in one line (%#)', async (changed, message) => {
    await expect(load(changed)).rejects.toThrow(message);
  });

  test('a file that is not an archive is refused in one line', async () => {
    await expect(loadSmallDigits(folderWith({ 'usps.npz': 'nothing' }))).rejects.toThrow(/usps\.npz: [^\n]+$/);
  });
});

/** A zip archive that packs nothing. */
function stored(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const [local, central]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [key, body] of Object.entries(files)) {
    const name = Buffer.from(`${key}.npy`);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(body), 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(body.length, 18);
    common.writeUInt16LE(name.length, 22);
    local.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, Buffer.from(body));
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, name);
    at += 30 + name.length + body.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

describe('without USPS', () => {
  test('MNIST comes in its size, and says so', async () => {
    const { name, train, validation, test: judged } = await loadSmallDigits(join(root, 'nowhere'));
    expect(name).toBe('MNIST resampled to 16×16');
    expect([train.count, validation.count, judged.count]).toEqual([5999, 1000, 1005]);
    for (const { labels } of [train, validation, judged]) expect(new Set(labels).size).toBe(10);
  });

  test('resampling keeps the mean of every image, and what is even stays even', () => {
    const { validation } = embeddedDigits();
    const small = resampled(validation);
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    for (const n of [0, 500, 1004]) {
      const large = validation.images.subarray(n * 784, (n + 1) * 784);
      expect(mean(small.images.subarray(n * 256, (n + 1) * 256))).toBeCloseTo(mean(large) / 255, 6);
    }
    const even = { images: new Uint8Array(784).fill(51), labels: Uint8Array.of(0), count: 1 };
    for (const pixel of resampled(even).images) expect(pixel).toBeCloseTo(0.2, 6);
  });
});
