import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Whether im2grade is a package of another project, and not a repository.
 *
 * @param root - the folder of im2grade
 */
export const isInstalled = (root: string): boolean => basename(dirname(root)) === 'node_modules';

/** What a person types in front of the arguments: a project that has im2grade as a package has no script of ours. */
export const ownCommand: string = isInstalled(ROOT) ? 'npx grade' : 'npm run grade --';
