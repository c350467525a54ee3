import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DataError } from './Digits.ts';

export interface RemoteFile {
  readonly name: string;
  readonly bytes: number;
  readonly md5: string;
}

/** The four files of MNIST as their authors published them. */
export const MNIST_FILES: readonly RemoteFile[] = [
  { name: 'train-images-idx3-ubyte.gz', bytes: 9912422, md5: 'f68b3c2dcbeaaa9fbdd348bbdeb94873' },
  { name: 'train-labels-idx1-ubyte.gz', bytes: 28881, md5: 'd53e105ee54ea40749a09fcbcd1e9432' },
  { name: 't10k-images-idx3-ubyte.gz', bytes: 1648877, md5: '9fb629c4189551a2d022fa330f9573f3' },
  { name: 't10k-labels-idx1-ubyte.gz', bytes: 4542, md5: 'ec29112dd5afa0611ce80d1b7f02629c' },
];

const MNIST_MIRRORS: readonly string[] = [
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
];

export interface FetchOptions {
  readonly folder: string;
  readonly mirrors?: readonly string[];
  readonly files?: readonly RemoteFile[];
  /** Called as bytes arrive. */
  readonly onProgress?: (file: RemoteFile, received: number) => void;
}

/**
 * Fetches what is not there yet. An interrupted download resumes (`<name>.part`); a file gets its name
 * only when size and checksum are right.
 *
 * @returns the names of the files that were fetched
 * @throws DataError when no mirror has a file, with each mirror's reason
 */
export async function fetchMnist({
  folder,
  mirrors = MNIST_MIRRORS,
  files = MNIST_FILES,
  onProgress,
}: FetchOptions): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const fetched: string[] = [];
  for (const file of files) {
    if (existsSync(join(folder, file.name))) continue;
    await fetchFile(folder, mirrors, file, onProgress);
    fetched.push(file.name);
  }
  return fetched;
}

async function fetchFile(
  folder: string,
  mirrors: readonly string[],
  file: RemoteFile,
  onProgress: FetchOptions['onProgress'],
): Promise<void> {
  const reasons: string[] = [];
  for (const mirror of mirrors) {
    try {
      await download(new URL(file.name, mirror), join(folder, `${file.name}.part`), file, onProgress);
      renameSync(join(folder, `${file.name}.part`), join(folder, file.name));
      return;
    } catch (error) {
      reasons.push(`${new URL(mirror).host}: ${reasonOf(error)}`);
    }
  }
  throw new DataError(`${file.name} could not be fetched (${reasons.join('; ')})`);
}

/** Network errors hide what happened in their cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}

async function download(
  url: URL,
  part: string,
  file: RemoteFile,
  onProgress: FetchOptions['onProgress'],
): Promise<void> {
  const have = existsSync(part) ? statSync(part).size : 0;
  if (have < file.bytes) {
    const response = await fetch(url, have > 0 ? { headers: { Range: `bytes=${have}-` } } : {});
    if (!response.ok || !response.body) throw new DataError(`answered ${response.status}`);
    const resumes = response.status === 206;
    let received = resumes ? have : 0;
    const counted = new Transform({
      transform(piece: Buffer, _encoding, next) {
        received += piece.length;
        onProgress?.(file, received);
        next(null, piece);
      },
    });
    await pipeline(
      Readable.fromWeb(response.body as never),
      counted,
      createWriteStream(part, { flags: resumes ? 'a' : 'w' }),
    );
  }
  await requireWhole(part, file);
}

/** A file of the wrong size or content is of no use, not even to resume from. */
async function requireWhole(part: string, { bytes, md5 }: RemoteFile): Promise<void> {
  const { size } = statSync(part);
  if (size < bytes) throw new DataError(`interrupted after ${size} of ${bytes} bytes`);
  const hash = createHash('md5');
  await pipeline(createReadStream(part), hash);
  if (size === bytes && hash.digest('hex') === md5) return;
  rmSync(part);
  throw new DataError(size === bytes ? 'wrong checksum' : `${size} bytes instead of ${bytes}`);
}
