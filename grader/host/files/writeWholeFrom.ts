import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MachineFault } from '../../model/errors.ts';
import { makeFolder } from './makeFolder.ts';
import { whyNotWritten } from './whyNotWritten.ts';

/**
 * Writes a file whole or not at all, piece by piece: the text may be larger than the memory. Missing folders are made.
 *
 * @throws MachineFault in one line if the file system fails, and what the pieces throw
 */
export async function writeWholeFrom(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.${basename(path).slice(0, 40)}`);
  try {
    await makeFolder(dirname(path));
    const file = await open(temporary, 'wx');
    await writeAll(file, pieces).finally(() => file.close());
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const why = whyNotWritten(error);
    throw why === undefined ? error : new MachineFault(`${path} was not written: ${why}`);
  }
}

async function writeAll(file: FileHandle, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) await file.appendFile(piece);
  await file.sync();
}
