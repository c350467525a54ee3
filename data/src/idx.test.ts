import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DataError } from './Digits.ts';
import { loadIdxFolder, readIdxImages, readIdxLabels } from './idx.ts';

const folder = mkdtempSync(join(tmpdir(), 'im2grade-idx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, words: readonly number[], body: Uint8Array): string {
  const header = Buffer.alloc(4 * words.length);
  words.forEach((word, i) => header.writeUInt32BE(word, 4 * i));
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([header, body]));
  return path;
}

const pixels = Uint8Array.from({ length: 2 * 784 }, (_, i) => i % 251);
const images = (name: string) => file(name, [0x803, 2, 28, 28], pixels);

describe('images', () => {
  test('come back as they were written, plain and gzipped', () => {
    expect(readIdxImages(images('good'))).toEqual(pixels);
    const packed = join(folder, 'good.gz');
    writeFileSync(
      packed,
      gzipSync(Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28]), pixels])),
    );
    expect(readIdxImages(packed)).toEqual(pixels);
  });

  test('cut off anywhere, they are refused and never crash', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 + pixels.length - 1 }), (length) => {
        const path = join(folder, 'cut');
        writeFileSync(
          path,
          Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28]), pixels]).subarray(0, length),
        );
        expect(() => readIdxImages(path)).toThrow(DataError);
      }),
    );
  });

  test.each([
    ['another magic number', file('magic', [0x801, 2, 28, 28], pixels), /begins with 0x00000801, not 0x00000803/],
    ['another size', file('size', [0x803, 2, 16, 16], pixels), /images of 16×16; 28×28 are needed/],
    ['bytes after the last image', file('long', [0x803, 1, 28, 28], pixels), /784 bytes too many/],
    ['a broken archive', file('broken.gz', [1, 2], pixels), /broken\.gz: cannot be read/],
  ])('%s is refused in one line', (_, path, message) => expect(() => readIdxImages(path)).toThrow(message));
});

test('a label out of range is named with its place', () => {
  expect(readIdxLabels(file('labels', [0x801, 3], Uint8Array.of(0, 9, 5)))).toEqual(Uint8Array.of(0, 9, 5));
  expect(() => readIdxLabels(file('wrong', [0x801, 3], Uint8Array.of(0, 10, 5)))).toThrow(
    /label 1 is 10; labels are 0 to 9/,
  );
});

test('images and labels that do not belong together are refused', () => {
  expect(() => loadIdxFolder(folder)).toThrow(
    /train-images-idx3-ubyte: not there, nor with \.gz; `npm run setup-mnist` fetches it/,
  );
  images('train-images-idx3-ubyte');
  file('train-labels-idx1-ubyte', [0x801, 3], Uint8Array.of(1, 2, 3));
  expect(() => loadIdxFolder(folder)).toThrow(/2 images, but .*train-labels-idx1-ubyte has 3 labels/);
});
