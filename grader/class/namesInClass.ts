import { pathsIn, wantedBy } from '../intake/readSubmission.ts';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { handInsOf } from './handInsOf.ts';
import { openClass } from './openClass.ts';

/** Number of hand-ins that are listed: the first ones may be broken. */
const LOOKED_INTO = 8;

/**
 * The paths in the first hand-ins of a class, without reading any file.
 *
 * @throws UsageError if there is no such folder or archive, or no hand-in in it
 */
export async function namesInClass(path: string, assignment: Assignment): Promise<string[]> {
  const source = await openClass(path, wantedBy(assignment));
  try {
    const names: string[] = [];
    for (const handIn of (await handInsOf(source, path, assignment)).slice(0, LOOKED_INTO)) {
      try {
        names.push(...pathsIn(await handIn.list(), assignment));
      } catch (error) {
        if (!(error instanceof UngradableError)) throw error;
      }
    }
    return names;
  } finally {
    source.close();
  }
}
