import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './gradeFiles.ts';

/** Makes a folder of this name and a random end inside the repository, where packages are found; the caller removes it. */
export function folderInRepository(name: string): string {
  const cache = join(ROOT, '.cache');
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, `${name}-`));
}
