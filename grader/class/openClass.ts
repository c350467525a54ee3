import { realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { foundAt } from '../host/files/foundAt.ts';
import { withoutArchiveSuffix } from '../intake/listArchives.ts';
import { UsageError } from '../model/errors.ts';
import type { ClassSource } from './ClassItem.ts';
import { openClassFolder } from './openClassFolder.ts';
import { openClassZip } from './openClassZip.ts';

/**
 * Opens a folder or a zip archive of submissions. Nothing is unpacked: each submission is read when it is graded.
 *
 * @param path - as the user wrote it
 * @param wanted - the deliverables' paths
 * @throws UsageError if it does not exist, or is a single submission instead of a class
 */
export async function openClass(path: string, wanted: ReadonlySet<string>): Promise<ClassSource> {
  const stats = foundAt(path);
  if (!stats) throw new UsageError(`${path}: no such folder or zip archive`);
  const name = withoutArchiveSuffix(basename(resolve(path)));
  // A link that the user named is the user's own.
  const real = realpathSync(path);
  if (stats.isDirectory()) return openClassFolder(real, path, name, wanted);
  if (stats.isFile() && /\.zip$/iu.test(path)) return openClassZip(real, path, name, wanted);
  throw new UsageError(`${path}: neither a folder nor a .zip archive of submissions`);
}
