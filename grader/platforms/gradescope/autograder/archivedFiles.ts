import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOMS } from '../../../assignments/courseFolder.ts';
import { filesUnder, type Source, sourcesOf } from '../../../assignments/sources.ts';
import { PUBLISHED_LOCK } from '../../../host/files/lockFile.ts';
import type { Assignment } from '../../../model/assignment.ts';
import { courseOf } from '../../../model/courseOf.ts';
import { UsageError } from '../../../model/errors.ts';

/** Top-level parts of the repository that no grading reads. */
const LEFT_OUT = [/^\./, /^(?:bench|docs|examples)\//, /\.(?:test\.ts|md)$/, /^tests\/e2e\//, /^action\.yml$/];
/** Files that test the suites of an assignment; gradings do not need them. */
const FOR_PROOF = /^tests\/[^/]+\/(?:mutants|unfair|accepted|golden)\//;

/** Where an assignment's rooms are in the archive. */
export const archivedCourse = (root: string, assignment: Assignment): 'im2grade' | 'course' =>
  courseOf(assignment) === root ? 'im2grade' : 'course';

/**
 * The files that a grading of one assignment needs, by their names in the archive: im2grade, and the course if it has a
 * folder of its own.
 *
 * @throws UsageError if im2grade is neither installed nor a git repository
 */
export async function archivedFiles(root: string, assignment: Assignment): Promise<Source[]> {
  const own = await ownFiles(root, assignment);
  const placed = own.map((path) => ({ name: `im2grade/${path}`, path: join(root, path) }));
  if (archivedCourse(root, assignment) === 'im2grade') return placed;
  const rooms = ROOMS.map((room) => ({ name: `${room}/${assignment.id}`, path: assignment.folders[room] }));
  const files = rooms.flatMap(filesUnder).filter(({ name }) => !FOR_PROOF.test(name));
  return [...placed, ...files.map(({ name, path }) => ({ name: `course/${name}`, path }))];
}

/** Paths in im2grade, with forward slashes. */
async function ownFiles(root: string, assignment: Assignment): Promise<string[]> {
  const folders = sourcesOf(root, assignment).filter(({ name, path }) => path === join(root, name));
  // npm needs every workspace to exist, so all of skeleton/ is included.
  const isOurs = (path: string): boolean =>
    !/^(?:reference|tests)\//.test(path) || folders.some(({ name }) => path.startsWith(`${name}/`));
  return (await listed(root)).filter(
    (path) =>
      isOurs(path) &&
      !FOR_PROOF.test(path) &&
      // A deliverable may be a text that students write.
      (path.startsWith('reference/') || path.startsWith('skeleton/') || !LEFT_OUT.some((rule) => rule.test(path))),
  );
}

/** What is published, or what git tracks. */
async function listed(root: string): Promise<string[]> {
  if (existsSync(join(root, PUBLISHED_LOCK)))
    return filesUnder({ name: '.', path: root }).map(({ name }) => name.slice('./'.length));
  try {
    const { stdout } = await promisify(execFile)('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 2 ** 26 });
    return stdout.split('\0').filter(Boolean);
  } catch {
    throw new UsageError(`${root} is not a git repository; the archive is made of its tracked files`);
  }
}
