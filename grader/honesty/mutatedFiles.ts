import { join } from 'node:path';
import { ownDeliverables } from '../compile/mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { mutate, type Mutant } from './keptMutants.ts';

/**
 * The deliverables of an edited submission: the reference, overlaid with the naive loops if they are its base, edited.
 */
export function mutatedFiles(
  assignment: Assignment,
  mutant: Pick<Mutant, 'name' | 'base' | 'edits'>,
): Map<string, string> {
  const { reference, tests } = assignment.folders;
  const folders = mutant.base === 'naive' ? [reference, join(tests, 'naive')] : [reference];
  return mutate(mutant, new Map(folders.flatMap((folder) => [...ownDeliverables(assignment, folder)])));
}
