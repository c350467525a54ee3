import { readFile, stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import type { Assignment } from '../../../model/assignment.ts';
import { archivedCourse, archivedFiles } from './archivedFiles.ts';

const SCRIPTS = ['setup.sh', 'run_autograder'];
/** The same repository gives the same bytes. */
const MTIME = new Date(2000, 0, 1);

/**
 * The archive that Gradescope accepts as an autograder: `setup.sh` and `run_autograder` at its root, and everything
 * that a grading of the assignment needs, including hidden suites and the reference
 * (https://gradescope-autograders.readthedocs.io/en/latest/specs/).
 *
 * @param root - the folder of im2grade
 * @throws UsageError if its files cannot be listed
 */
export async function buildGradescopeZip(root: string, assignment: Assignment): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  const add = (name: string, content: string | Buffer, mode: number): void =>
    zip.addBuffer(Buffer.from(content), name, { mtime: MTIME, mode });
  const filled = (template: string): string =>
    template.replaceAll('@ASSIGNMENT@', assignment.id).replaceAll('@COURSE@', archivedCourse(root, assignment));
  for (const script of SCRIPTS) {
    const template = await readFile(new URL(script, import.meta.url), 'utf8');
    add(script, filled(template), 0o100755);
  }
  for (const { name, path } of await archivedFiles(root, assignment)) {
    const isExecutable = ((await stat(path)).mode & 0o100) !== 0;
    add(name, await readFile(path), isExecutable ? 0o100755 : 0o100644);
  }
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}
