import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { ownPackages } from '../../../grader/assignments/ownPackages.ts';
import { ROOT } from './gradeFiles.ts';

/** Unpacks an archive with its file modes; returns its names. */
export async function unpackAutograder(archive: string, folder: string): Promise<string[]> {
  const names: string[] = [];
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const path = join(folder, entry.fileName);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await buffer(await zip.openReadStreamPromise(entry)));
    chmodSync(path, (entry.externalFileAttributes >>> 16) & 0o777);
    names.push(entry.fileName);
  }
  return names;
}

/** What `setup.sh` would install, with the archive's own workspaces in place of ours. */
export function linkPackages(folder: string): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@im2grade'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== '@im2grade') symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  for (const { name, folder: workspace } of ownPackages(folder)) {
    symlinkSync(join(folder, workspace), join(modules, name));
    const nested = join(ROOT, workspace, 'node_modules');
    if (existsSync(nested)) symlinkSync(nested, join(folder, workspace, 'node_modules'));
  }
}
