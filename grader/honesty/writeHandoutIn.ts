import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../release/packFolder.ts';
import { writeFolder } from '../release/writeHandout.ts';

/** Writes a handout's files into a folder, and links the packages in it as `npm install` does. */
export function writeHandoutIn(folder: string, files: Files): void {
  writeFolder(files, folder);
  const scope = join(folder, 'node_modules/@im2grade');
  mkdirSync(scope, { recursive: true });
  for (const name of readdirSync(join(folder, 'vendor')))
    symlinkSync(join(folder, 'vendor', name), join(scope, name), 'junction');
}
