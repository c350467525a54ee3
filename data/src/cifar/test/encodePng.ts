import { crc32, deflateSync } from 'node:zlib';
import type { RgbImage } from '../decodePng.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG of 8-bit RGB with the given filter in each row. */
export function encodePng({ width, height, pixels }: RgbImage, filters: readonly number[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const stride = 3 * width;
  const rows = filters.map((filter, y) => {
    const byteAt = (row: number, x: number) => (row < 0 || x < 0 ? 0 : pixels[row * stride + x]);
    const row = Array.from({ length: stride }, (_, x) => {
      const [left, above, aboveLeft] = [byteAt(y, x - 3), byteAt(y - 1, x), byteAt(y - 1, x - 3)];
      const nearest = [left, above, aboveLeft].toSorted(
        (a, b) => Math.abs(left + above - aboveLeft - a) - Math.abs(left + above - aboveLeft - b),
      )[0];
      const predicted = [0, left, above, Math.floor((left + above) / 2), nearest][filter];
      return (pixels[y * stride + x] - predicted) & 0xff;
    });
    return [filter, ...row];
  });
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const checked = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(checked));
  return Buffer.concat([length, checked, sum]);
}
