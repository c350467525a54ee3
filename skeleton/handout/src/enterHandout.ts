import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { UsageError } from './errors.ts';

/** The folder in which the command was started. */
const startedIn = process.cwd();

/** A path that the user gave, from the folder of the handout. */
export const fromStart = (path: string): string =>
  isAbsolute(path) ? path : relative('.', resolve(startedIn, path)) || '.';

/**
 * Goes to the folder of the handout, from any folder inside it.
 *
 * @throws UsageError outside a handout
 */
export function enterHandout(): void {
  const folder = handoutAt(startedIn);
  if (folder === undefined)
    throw new UsageError(`${startedIn} is not in a handout; run it in the folder that contains assignment.yaml`);
  if (folder === startedIn) return;
  process.chdir(folder);
  console.error(`grade: working in ${folder}`);
}

function handoutAt(folder: string): string | undefined {
  if (existsSync(join(folder, 'assignment.yaml'))) return folder;
  return dirname(folder) === folder ? undefined : handoutAt(dirname(folder));
}
