import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Assignment, AssignmentFolders } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { courseFolder } from './courseFolder.ts';
import { readAssignment } from './readAssignment.ts';

/**
 * Every folder of the course's `skeleton/` that holds an `assignment.yaml`, or should because it has suites, in
 * alphabetical order.
 *
 * @param root - the folder of im2grade
 * @throws UsageError if there is no course
 */
export const assignmentIds = (root: string): string[] => idsIn(courseFolder(root));

const idsIn = (course: string): string[] =>
  readdirSync(join(course, 'skeleton'))
    .filter(
      (name) =>
        existsSync(join(course, 'skeleton', name, 'assignment.yaml')) || existsSync(join(course, 'tests', name)),
    )
    .sort();

/**
 * Finds an assignment of the course by the name of its folder.
 *
 * @param root - the folder of im2grade
 * @throws UsageError if there is no course, or no assignment has that name
 */
export const findAssignment = (root: string, id: string): Assignment => readAssignment(root, id, findFolders(root, id));

/**
 * The folders of an assignment, whether or not what is in them fits together.
 *
 * @param root - the folder of im2grade
 * @throws UsageError if there is no course, or no assignment has that name
 */
export function findFolders(root: string, id: string): AssignmentFolders {
  const course = courseFolder(root);
  const ids = idsIn(course);
  if (!ids.includes(id)) throw new UsageError(`unknown assignment "${id}"; available: ${ids.join(', ')}`);
  const folder = (room: string) => join(course, room, id);
  return { skeleton: folder('skeleton'), reference: folder('reference'), tests: folder('tests') };
}
