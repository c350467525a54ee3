import { join } from 'node:path';
import { ownDeliverables } from '../compile/mergeFiles.ts';
import { type Assignment, deliverableAt } from '../model/assignment.ts';
import { mutate, type Mutant } from './keptMutants.ts';

/**
 * The deliverables of an edited submission: the reference, overlaid with the naive loops if they are its base, edited.
 */
export function mutatedFiles(
  assignment: Assignment,
  mutant: Pick<Mutant, 'name' | 'base' | 'edits'>,
): Map<string, string> {
  const { reference, tests } = assignment.folders;
  return mutate(mutant, overlaid(assignment, reference, mutant.base === 'naive' ? join(tests, 'naive') : undefined));
}

/**
 * The deliverables in a folder, with those of another in place of them. A model there takes the place of the whole model
 * here, which may be in other files.
 */
export function overlaid(assignment: Assignment, folder: string, over: string | undefined): Map<string, string> {
  const above = over === undefined ? new Map<string, string>() : ownDeliverables(assignment, over);
  const modelAt = (path: string): string | undefined => deliverableAt(assignment, path)?.modelOf;
  const models = new Set([...above.keys()].map(modelAt));
  const isReplaced = (path: string): boolean => {
    const modelOf = modelAt(path);
    return modelOf !== undefined && models.has(modelOf);
  };
  const below = [...ownDeliverables(assignment, folder)].filter(([path]) => !isReplaced(path));
  return new Map([...below, ...above]);
}
