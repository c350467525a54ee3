import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MachineFault } from '../../model/errors.ts';
import { makeFolder } from './makeFolder.ts';
import { whyNotWritten } from './whyNotWritten.ts';

/**
 * Writes a file whole or not at all: the bytes go to a temporary file next to the target, are flushed to the disk, and
 * only then the file is renamed to the target. Missing folders are made.
 *
 * @throws MachineFault in one line if the file system fails; the temporary file has been removed by then
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${randomBytes(6).toString('hex')}.${basename(path).slice(0, 40)}`);
  try {
    await makeFolder(folder);
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    const why = whyNotWritten(error);
    throw why === undefined ? error : new MachineFault(`${path} was not written: ${why}`);
  }
}
