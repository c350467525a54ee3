import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The lock file's name in the package that is published: npm leaves `package-lock.json` out. */
export const PUBLISHED_LOCK = 'locked.json';

/**
 * The versions of all packages that im2grade was tested with.
 *
 * @param root - the folder of im2grade
 */
export function lockFile(root: string): string {
  const own = join(root, 'package-lock.json');
  return existsSync(own) ? own : join(root, PUBLISHED_LOCK);
}
