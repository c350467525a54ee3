import { dirname } from 'node:path';
import { writeWhole as replaceFile } from '@im2grade/programs/writeWhole';
import { MachineFault } from '../../model/errors.ts';
import { makeFolder } from './makeFolder.ts';
import { whyNotWritten } from './whyNotWritten.ts';

/**
 * Writes a file whole or not at all. Missing folders are made.
 *
 * @throws MachineFault in one line if the file system fails
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await makeFolder(dirname(path));
    replaceFile(path, content);
  } catch (error) {
    const why = whyNotWritten(error);
    throw why === undefined ? error : new MachineFault(`${path} was not written: ${why}`);
  }
}
