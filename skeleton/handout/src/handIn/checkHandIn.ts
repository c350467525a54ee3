import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assignment } from '../assignment.ts';
import { isSource } from './allowedImports.ts';
import { checkSources } from './checkSources.ts';
import { changedFiles, GIVEN_FILES, isHandedInOrGiven, readGivenFiles } from './givenFiles.ts';
import { fatal, type Problem, warning } from './Problem.ts';
import { readDeliverables } from './readDeliverables.ts';
import { unwrittenIn } from './unwrittenIn.ts';
import { zipOf } from './zipOf.ts';

/** An archive to hand in, and what the grader would say about it. */
export interface HandIn {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly archive: Uint8Array;
  readonly problems: readonly Problem[];
}

/** In the package's folder; written when a handout is packed. */
const GIVEN = fileURLToPath(new URL(join('../..', GIVEN_FILES), import.meta.url));

/**
 * Makes the archive of the deliverables in a folder, and checks it as the grader would.
 *
 * @param given - the sources that came with the handout
 */
export async function checkHandIn(
  assignment: Assignment,
  folder: string,
  given = readGivenFiles(GIVEN),
): Promise<HandIn> {
  const { files, problems: unread, notTaken } = readDeliverables(assignment, folder);
  const archive = await zipOf(files);
  const sources = { folder, files, hasFile: isHandedInOrGiven(assignment, given) };
  const compiled = unread.some(({ isFatal }) => isFatal) ? [] : await checkSources(assignment, sources);
  const unwritten = [...files]
    .filter(([path]) => isSource(path))
    .flatMap(([path, bytes]) => unwrittenIn(path, Buffer.from(bytes).toString('utf8')));
  return {
    files,
    archive,
    problems: [
      ...unread,
      ...notTaken.map(warning),
      ...tooLarge(archive, files, assignment.limits.archiveBytes),
      ...compiled,
      ...unwritten,
      ...(given ? changedFiles(given, folder) : []),
    ],
  };
}

function tooLarge(archive: Uint8Array, files: ReadonlyMap<string, Uint8Array>, most: number): Problem[] {
  if (archive.length <= most) return [];
  const [[largest]] = [...files].sort(([, a], [, b]) => b.length - a.length);
  return [fatal(`the archive has ${archive.length} bytes, at most ${most} are read; ${largest} is the largest file`)];
}
