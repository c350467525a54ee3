import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes what is in a folder readable for every user who may enter the folder, whatever this process's umask is.
 *
 * @example
 * ```ts
 * letAllRead('/tmp/im2grade-build-x1y2z3');
 * ```
 */
export function letAllRead(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}
