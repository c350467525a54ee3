import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DataError } from '../Digits.ts';

/** A file that is known byte for byte. */
export interface KnownFile {
  readonly name: string;
  readonly sha256: string;
}

/** Whether a folder has this file, byte for byte. */
export async function hasKnownFile(folder: string, { name, sha256 }: KnownFile): Promise<boolean> {
  const path = join(folder, name);
  if (!existsSync(path)) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex') === sha256;
}

/**
 * Writes a file whole or not at all.
 *
 * @param source - what it was made of, for the message
 * @throws DataError if it is another one
 */
export function saveKnownFile(folder: string, { name, sha256 }: KnownFile, bytes: Uint8Array, source: string): void {
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new DataError(`${source}: is not the published ${name}: wrong checksum`);
  mkdirSync(folder, { recursive: true });
  const partial = join(folder, `${name}.${process.pid}.part`);
  try {
    writeFileSync(partial, bytes);
    renameSync(partial, join(folder, name));
  } finally {
    rmSync(partial, { force: true });
  }
}
