import { join } from 'node:path';

/**
 * The folder for what is made from our own sources and kept: in the repository, or where `cli/start.mjs` found a place if
 * the repository is read-only.
 *
 * @param root - the repository's folder
 */
export const cacheFolder = (root: string): string => process.env['IM2GRADE_CACHE'] ?? join(root, '.cache');
