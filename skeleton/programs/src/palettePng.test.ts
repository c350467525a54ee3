import { expect, test } from '@jest/globals';
import { crc32, inflateSync } from 'node:zlib';
import { palettePng, palettePngUri, type Rgb } from './palettePng.ts';

const PALETTE: Rgb[] = [
  [0, 0, 0],
  [255, 0, 0],
  [10, 20, 30],
];

/** The chunks of a PNG, their checksums proved. */
function chunks(png: Buffer): Map<string, Buffer> {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const found = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    found.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  return found;
}

test('decodes back to its pixels', () => {
  const found = chunks(palettePng(Uint8Array.of(0, 1, 2, 2, 1, 0), 3, 2, PALETTE));
  expect([...found.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
  expect([...found.get('IHDR')!]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
  expect([...found.get('PLTE')!]).toEqual([0, 0, 0, 255, 0, 0, 10, 20, 30]);
  expect([...inflateSync(found.get('IDAT')!)]).toEqual([0, 0, 1, 2, 0, 2, 1, 0]);
});

test('as a data URI it is the same image', () => {
  const [kind, data] = palettePngUri(Uint8Array.of(2), 1, 1, PALETTE).split(',');
  expect(kind).toBe('data:image/png;base64');
  expect(Buffer.from(data, 'base64')).toEqual(palettePng(Uint8Array.of(2), 1, 1, PALETTE));
});

test('refuses what does not fit', () => {
  expect(() => palettePng(new Uint8Array(5), 3, 2, PALETTE)).toThrow('palettePng: 5 pixels do not fill 3 x 2');
  expect(() => palettePng(Uint8Array.of(3), 1, 1, PALETTE)).toThrow('palettePng: a pixel is outside the palette');
  expect(() => palettePng(Uint8Array.of(0), 1, 1, [])).toThrow('palettePng: 0 colours');
});
