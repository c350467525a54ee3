import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DataError } from '../Digits.ts';
import { decodePng } from './decodePng.ts';
import { encodePng } from './test/encodePng.ts';

/** Small images with a filter for each row. */
const images = fc
  .record({ width: fc.integer({ min: 1, max: 7 }), height: fc.integer({ min: 1, max: 7 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      pixels: fc.uint8Array({ minLength: 3 * width * height, maxLength: 3 * width * height }),
      filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: height, maxLength: height }),
    }),
  );

test('decodes what was encoded, whatever the filters', () =>
  fc.assert(
    fc.property(images, ({ filters, ...image }) => {
      expect(decodePng(encodePng(image, filters), 'a.png')).toEqual(image);
    }),
  ));

test('whatever is cut off or changed is refused in one line or decoded to as many pixels', () =>
  fc.assert(
    fc.property(images, fc.nat(), fc.integer({ min: 0, max: 255 }), ({ filters, ...image }, at, value) => {
      const bytes = encodePng(image, filters);
      const changed = Buffer.from(bytes);
      changed[at % bytes.length] = value;
      for (const damaged of [bytes.subarray(0, at % bytes.length), changed]) {
        try {
          const { width, height, pixels } = decodePng(damaged, 'a.png');
          expect(pixels).toHaveLength(3 * width * height);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
          expect((error as Error).message).toMatch(/^a\.png: .+$/);
        }
      }
    }),
  ));

test('a file that would inflate to more than its header says is refused', () => {
  const bytes = encodePng({ width: 1, height: 1, pixels: new Uint8Array(3) }, [0]);
  const bomb = deflateSync(Buffer.alloc(2 ** 24));
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from('IDAT'), bomb, Buffer.alloc(4)]);
  chunk.writeUInt32BE(bomb.length);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  expect(() => decodePng(Buffer.concat([bytes.subarray(0, 33), chunk]), 'bomb.png')).toThrow(
    'bomb.png: its pixels are damaged',
  );
});
