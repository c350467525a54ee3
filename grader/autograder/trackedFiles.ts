import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UsageError } from '../model/errors.ts';

/** Rooms of the repository that no grading reads. */
const LEFT_OUT = [/^\./, /^(?:bench|docs|examples)\//, /\.(?:test\.ts|md)$/, /^tests\/[^/]+\.ts$/, /^action\.yml$/];
/** What keeps the suites of an assignment honest; gradings do without. */
const FOR_PROOF = /^tests\/[^/]+\/(?:mutants|unfair|accepted|golden)\//;

/**
 * The repository's tracked files that a grading of one assignment needs, with forward slashes.
 *
 * @throws UsageError when the folder is no git repository
 */
export async function trackedFiles(root: string, assignment: string): Promise<string[]> {
  const paths = (await listed(root)).split('\0').filter(Boolean);
  const isOurs = (path: string): boolean => {
    const [room, name] = path.split('/');
    if (room === 'reference') return name === assignment;
    if (room === 'tests') return name === assignment || name === 'kit';
    return true;
  };
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
    throw new UsageError(`${root} is no git repository; the archive is made of its tracked files`);
  }
}
