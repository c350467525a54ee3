import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unpack = promisify(gunzip);

const MOST_PACKED = 64 * 1024 * 1024;
const MOST_UNPACKED = 8 * MOST_PACKED;

/**
 * The compressed text in a response.
 *
 * @returns undefined if there is none, or it is larger than any submission
 */
export async function textIn(response: Response): Promise<string | undefined> {
  const bytes = response.ok ? await limited(response) : undefined;
  return bytes && (await unpack(bytes, { maxOutputLength: MOST_UNPACKED })).toString();
}

async function limited({ body }: Response): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    size += (piece as Uint8Array).length;
    if (size > MOST_PACKED) return undefined;
    pieces.push(piece as Uint8Array);
  }
  return Buffer.concat(pieces);
}
