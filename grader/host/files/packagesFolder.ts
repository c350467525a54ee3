import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cacheFolder.ts';

/**
 * The folder with everything that im2grade's sources and a course's suites import, our own packages included: the
 * repository's `node_modules`, or the links of `cli/start.mjs` if im2grade is installed elsewhere.
 *
 * @param root - the folder of im2grade
 */
export const packagesFolder = (root: string): string => join(dirname(cacheFolder(root)), 'node_modules');

/** The folder of a package, wherever Node would find it from another folder; undefined if it is not installed. */
export const installedPackage = (from: string, name: string): string | undefined =>
  (createRequire(join(from, 'package.json')).resolve.paths(name) ?? [])
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(folder));
