import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DataError } from '../Digits.ts';

const MAX_BYTES = 512 * 1024 * 1024;

/**
 * A file's content; what ends in `.gz` or `.bz2` is unpacked, the latter by the system's `bzip2`.
 *
 * @throws DataError when it cannot be read or unpacked
 */
export function unpackedFile(path: string): Buffer {
  if (path.endsWith('.bz2')) return bunzipped(path);
  try {
    const bytes = readFileSync(path);
    return path.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
  } catch (error) {
    throw new DataError(`${path}: cannot be read (${(error as Error).message})`);
  }
}

function bunzipped(path: string): Buffer {
  const { error, status, stdout, stderr } = spawnSync('bzip2', ['-dc', '--', path], { maxBuffer: MAX_BYTES });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
    throw new DataError(`${path}: needs bzip2, which is not installed; install it, or unpack the file some other way`);
  if (status !== 0)
    throw new DataError(`${path}: cannot be unpacked (${error?.message ?? stderr.toString().trim().split('\n')[0]})`);
  return stdout;
}
