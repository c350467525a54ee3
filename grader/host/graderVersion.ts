import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The version of im2grade.
 *
 * @param root - the folder of im2grade
 */
export const graderVersion = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
