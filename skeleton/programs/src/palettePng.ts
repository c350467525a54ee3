import { crc32, deflateSync } from 'node:zlib';

/** A colour as red, green and blue, 0..255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** `palettePng` as a data URI, fit for the `src` of an image. */
export const palettePngUri = (...image: Parameters<typeof palettePng>): string =>
  `data:image/png;base64,${palettePng(...image).toString('base64')}`;

/**
 * An 8-bit palette PNG.
 *
 * @param pixels - palette indices, row by row: `width * height` of them
 * @param palette - 1 to 256 colours
 * @throws RangeError when the sizes do not fit or a pixel names no colour
 */
export function palettePng(pixels: Uint8Array, width: number, height: number, palette: readonly Rgb[]): Buffer {
  if (width < 1 || height < 1 || pixels.length !== width * height) {
    throw new RangeError(`palettePng: ${pixels.length} pixels do not fill ${width} x ${height}`);
  }
  if (palette.length < 1 || palette.length > 256) throw new RangeError(`palettePng: ${palette.length} colours`);
  if (pixels.some((pixel) => pixel >= palette.length))
    throw new RangeError('palettePng: a pixel is outside the palette');

  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8 /* bits */, 3 /* palette */, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width + 1)); // every row begins with its filter type: 0, none
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);

  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One chunk of a PNG: length, name, data, checksum of name and data. */
function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
