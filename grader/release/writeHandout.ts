import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { zipOf } from '@im2grade/handout/zipOf';
import { MachineFault, UsageError } from '../model/errors.ts';
import { foundAt } from '../host/files/foundAt.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { whyNotWritten } from '../host/files/whyNotWritten.ts';
import type { Files } from './packFolder.ts';

/**
 * Writes a handout as a folder, or as a zip archive with one folder in it; whole or not at all.
 *
 * @param out - a path that ends in `.zip`, or a folder that is empty or does not exist; in a folder that exists
 * @param name - the folder in the archive
 * @param signal - nothing is written if it is aborted
 * @throws UsageError if the folder is not empty, something else has that name, or the path looks like a mistake
 */
export async function writeHandout(files: Files, out: string, name: string, signal: AbortSignal): Promise<void> {
  const target = resolve(out);
  const isZip = /\.zip$/i.test(target);
  const isThere = existsSync(target);
  if (isThere) requireFree(target, out, isZip);
  else requireIntended(target, out, isZip);
  if (isZip || !isThere) await requireWritable([out]);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    if (isZip) writeFileSync(temporary, await zipOf(files, name), { flush: true });
    else writeFolder(files, temporary);
    // Packing lets no signal through.
    await turn();
    signal.throwIfAborted();
    if (!isZip && foundAt(target)) rmdirSync(target);
    renameSync(temporary, target);
  } catch (error) {
    const why = whyNotWritten(error);
    throw why === undefined ? error : new MachineFault(`${out} was not written: ${why}`);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function requireFree(target: string, shown: string, isZip: boolean): void {
  const stats = foundAt(target);
  if (!stats) return;
  if (isZip && !stats.isFile()) throw new UsageError(`${shown} exists and is not a file`);
  if (isZip) return;
  if (!stats.isDirectory())
    throw new UsageError(`${shown} exists and is not a folder; the name of an archive ends in .zip`);
  if (readdirSync(target).length > 0)
    throw new UsageError(`${shown} is not empty; a handout is written into a fresh folder`);
}

/** A slip in a path would otherwise become a new folder. */
function requireIntended(target: string, shown: string, isZip: boolean): void {
  const parent = dirname(target);
  if (!foundAt(parent)?.isDirectory()) throw new UsageError(`${shown}: there is no folder ${parent}; create it first`);
  if (!isZip && LOOKS_LIKE_A_FILE.test(target))
    throw new UsageError(`${shown}: name an archive that ends in .zip, or a folder; a folder of this name must exist`);
}

/** `handout.txt` and `handout.tar.gz`, but not `week-1.2`. */
const LOOKS_LIKE_A_FILE = /\.[a-z][a-z0-9]*$/i;

/** Writes files into a folder, which is made if it is missing. */
export function writeFolder(files: Files, folder: string): void {
  for (const [path, content] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
