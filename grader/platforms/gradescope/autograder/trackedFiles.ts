import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sourcesOf } from '../../../assignments/sources.ts';
import type { Assignment } from '../../../model/assignment.ts';
import { UsageError } from '../../../model/errors.ts';

/** Top-level parts of the repository that no grading reads. */
const LEFT_OUT = [/^\./, /^(?:bench|docs|examples)\//, /\.(?:test\.ts|md)$/, /^tests\/e2e\//, /^action\.yml$/];
/** Files that test the suites of an assignment; gradings do not need them. */
const FOR_PROOF = /^tests\/[^/]+\/(?:mutants|unfair|accepted|golden)\//;

/**
 * The repository's tracked files that a grading of one assignment needs, with forward slashes.
 *
 * @throws UsageError if the folder is not a git repository
 */
export async function trackedFiles(root: string, assignment: Assignment): Promise<string[]> {
  const paths = (await listed(root)).split('\0').filter(Boolean);
  const folders = sourcesOf(root, assignment);
  // npm needs every workspace to exist, so all of skeleton/ is included.
  const isOurs = (path: string): boolean =>
    !/^(?:reference|tests)\//.test(path) || folders.some((folder) => path.startsWith(`${folder}/`));
  return paths.filter(
    (path) =>
      isOurs(path) &&
      !FOR_PROOF.test(path) &&
      // A deliverable may be a text that students write.
      (path.startsWith('reference/') || path.startsWith('skeleton/') || !LEFT_OUT.some((rule) => rule.test(path))),
  );
}

async function listed(root: string): Promise<string> {
  try {
    return (await promisify(execFile)('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 2 ** 26 })).stdout;
  } catch {
    throw new UsageError(`${root} is not a git repository; the archive is made of its tracked files`);
  }
}
