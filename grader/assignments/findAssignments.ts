import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Assignment } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { readAssignment } from './readAssignment.ts';

/** Every folder of `skeleton/` that holds an `assignment.yaml`, or should because it has suites, in alphabetical order. */
export function assignmentIds(root: string): string[] {
  return readdirSync(join(root, 'skeleton'))
    .filter(
      (name) => existsSync(join(root, 'skeleton', name, 'assignment.yaml')) || existsSync(join(root, 'tests', name)),
    )
    .sort();
}

/**
 * Finds an assignment by the name of its folder.
 *
 * @throws UsageError if no assignment has that name
 */
export function findAssignment(root: string, id: string): Assignment {
  const ids = assignmentIds(root);
  if (!ids.includes(id)) throw new UsageError(`unknown assignment "${id}"; available: ${ids.join(', ')}`);
  const folder = (room: string) => join(root, room, id);
  return readAssignment(id, {
    skeleton: folder('skeleton'),
    reference: folder('reference'),
    tests: folder('tests'),
  });
}
