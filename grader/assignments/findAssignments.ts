import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Assignment } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { readAssignment } from './readAssignment.ts';

/** Every folder of `skeleton/` that holds an `assignment.yaml`, in alphabetical order. */
export function assignmentIds(root: string): string[] {
  return readdirSync(join(root, 'skeleton'))
    .filter((name) => existsSync(join(root, 'skeleton', name, 'assignment.yaml')))
    .sort();
}

/**
 * Finds an assignment by its folder's name; without a name, the only one there is.
 *
 * @throws UsageError when the name is unknown, or needed and not given
 */
export function findAssignment(root: string, id: string | undefined): Assignment {
  const ids = assignmentIds(root);
  const named = id ?? (ids.length === 1 ? ids[0] : undefined);
  if (named === undefined) throw new UsageError(`which assignment? Say --assignment with one of: ${ids.join(', ')}`);
  if (!ids.includes(named)) throw new UsageError(`unknown assignment "${named}"; there is: ${ids.join(', ')}`);
  const folder = (room: string) => join(root, room, named);
  return readAssignment(named, {
    skeleton: folder('skeleton'),
    reference: folder('reference'),
    tests: folder('tests'),
  });
}
