import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file whole or not at all: to a temporary name first, so that an interruption leaves the old file as it was.
 * Missing folders are made.
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
