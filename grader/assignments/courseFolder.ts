import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isInstalled } from '../host/ownCommand.ts';
import { UsageError } from '../model/errors.ts';

/** Names the course's folder for this process and all that it starts; `--course` sets it. */
export const COURSE_VARIABLE = 'IM2GRADE_COURSE';

/** The folders of a course, each with a folder for every assignment. */
export const ROOMS = ['skeleton', 'reference', 'tests'] as const;

/**
 * The folder with the course's three rooms: the one that is named; or where im2grade comes from, which is the
 * repository, or the project in whose `node_modules` it is installed; or else the working folder or the nearest of its
 * parents.
 *
 * @param root - the folder of im2grade
 * @throws UsageError if there is no course
 *
 * @example
 * ```ts
 * courseFolder(root); // '/home/grace/deep-learning', in which skeleton/softmax-classifier/assignment.yaml is
 * ```
 */
export function courseFolder(root: string): string {
  const named = namedCourse();
  if (named !== undefined) {
    if (existsSync(join(named, 'skeleton'))) return named;
    throw new UsageError(`${named} is no course: it has no folder skeleton/; grade new makes one`);
  }
  const found = homeCourse(root) ?? nearestCourse();
  if (found !== undefined) return found;
  throw new UsageError(
    'no course here: go to a folder with skeleton/, reference/ and tests/, or name it with --course; grade new makes one',
  );
}

/** The folder for a new assignment: the course or, if there is none yet, the named folder or the working folder. */
export const folderForNew = (root: string): string =>
  namedCourse() ?? homeCourse(root) ?? nearestCourse() ?? process.cwd();

/**
 * A submission must not decide who examines it: an archive may contain folders that look like a course.
 *
 * @param submission - one that will be graded, or a class
 * @throws UsageError if the course was only found because it is in the submission
 */
export function requireOutside(submission: string, root: string): void {
  if (namedCourse() !== undefined || homeCourse(root) !== undefined || !existsSync(submission)) return;
  const course = nearestCourse();
  if (course === undefined) return;
  const way = relative(realpathSync(submission), realpathSync(course));
  if (way.split(sep)[0] !== '..' && resolve(way) !== way)
    throw new UsageError(`${submission} contains a course, and would be graded by it; name yours with --course`);
}

function namedCourse(): string | undefined {
  const named = process.env[COURSE_VARIABLE];
  return named ? resolve(named) : undefined;
}

/** Where im2grade comes from, if it is a course. */
function homeCourse(root: string): string | undefined {
  return [root, ...(isInstalled(root) ? [dirname(dirname(root))] : [])].find(hasAssignments);
}

function nearestCourse(): string | undefined {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (hasAssignments(folder)) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function hasAssignments(folder: string): boolean {
  const skeleton = join(folder, 'skeleton');
  return existsSync(skeleton) && readdirSync(skeleton).some((id) => existsSync(join(skeleton, id, 'assignment.yaml')));
}
