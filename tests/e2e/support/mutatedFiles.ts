import { join } from 'node:path';
import type { Assignment } from '../../../grader/model/assignment.ts';
import { mutate, type Mutant } from '../../kit/src/mutant.ts';
import { deliverablesIn } from './gradeFiles.ts';

/**
 * The deliverables of an edited submission: the reference, overlaid with the naive loops if they are its base, edited.
 */
export function mutatedFiles(
  assignment: Assignment,
  mutant: Pick<Mutant, 'name' | 'base' | 'edits'>,
): Map<string, string> {
  const { reference, tests } = assignment.folders;
  const folders = mutant.base === 'naive' ? [reference, join(tests, 'naive')] : [reference];
  return mutate(mutant, new Map(folders.flatMap((folder) => [...deliverablesIn(assignment, folder)])));
}
