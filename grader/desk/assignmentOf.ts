import { statSync } from 'node:fs';
import { join } from 'node:path';
import { courseFolder } from '../assignments/courseFolder.ts';
import { assignmentIds, findAssignment } from '../assignments/findAssignments.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Desk } from './Desk.ts';
import type { DeskContext } from './DeskEnv.ts';
import { NotFound } from './NotFound.ts';

/**
 * The assignment that an address names.
 *
 * @throws NotFound if there is none
 */
export function assignmentOf({ root }: Pick<Desk, 'root'>, c: DeskContext): Assignment {
  const id = c.req.param('assignment') ?? '';
  if (!assignmentIds(root).includes(id)) throw new NotFound('There is no such assignment.');
  return knownAssignment(root, id);
}

const known = new Map<string, { readonly changed: number; readonly assignment: Assignment }>();

/** Read again only when its file has changed: reading it takes as long as making a page. */
export function knownAssignment(root: string, id: string): Assignment {
  const path = join(courseFolder(root), 'skeleton', id, 'assignment.yaml');
  const changed = statSync(path).mtimeMs;
  const last = known.get(path);
  if (last?.changed === changed) return last.assignment;
  const assignment = findAssignment(root, id);
  known.set(path, { changed, assignment });
  return assignment;
}
