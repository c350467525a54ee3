import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import type { Assignment } from '../../../model/assignment.ts';
import { trackedFiles } from './trackedFiles.ts';

const SCRIPTS = ['setup.sh', 'run_autograder'];
/** The same repository gives the same bytes. */
const MTIME = new Date(2000, 0, 1);

/**
 * The archive that Gradescope accepts as an autograder: `setup.sh` and `run_autograder` at its root, and everything
 * that a grading of the assignment needs, including hidden suites and the reference
 * (https://gradescope-autograders.readthedocs.io/en/latest/specs/).
 *
 * @throws UsageError if the repository's files cannot be listed
 */
export async function buildGradescopeZip(root: string, assignment: Assignment): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  const add = (name: string, content: string | Buffer, mode: number): void =>
    zip.addBuffer(Buffer.from(content), name, { mtime: MTIME, mode });
  for (const script of SCRIPTS) {
    const template = await readFile(new URL(script, import.meta.url), 'utf8');
    add(script, template.replaceAll('@ASSIGNMENT@', assignment.id), 0o100755);
  }
  for (const path of await trackedFiles(root, assignment)) {
    const isExecutable = ((await stat(join(root, path))).mode & 0o100) !== 0;
    add(`im2grade/${path}`, await readFile(join(root, path)), isExecutable ? 0o100755 : 0o100644);
  }
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}
