import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file whole or not at all: under a temporary name first, so that whoever is interrupted leaves the old one as it was.
 * Folders on the way are made.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.part`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(temporary, content, { flush: true });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
