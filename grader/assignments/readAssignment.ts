import { join } from 'node:path';
import { Assignment, type AssignmentFolders } from '../model/assignment.ts';
import { applyWeights } from './applyWeights.ts';
import { readYaml } from './readYaml.ts';

/**
 * Reads `assignment.yaml` of one assignment; its weights are in the points of its criteria.
 *
 * @throws UsageError with file, line and column of every place that does not fit the schema
 */
export function readAssignment(id: string, folders: AssignmentFolders): Assignment {
  const assignment = readYaml(join(folders.skeleton, 'assignment.yaml'), Assignment);
  return { ...assignment, rubric: applyWeights(assignment), id, folders };
}
