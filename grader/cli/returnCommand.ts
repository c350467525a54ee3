import { FileNames } from '../common/FileNames.ts';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { type Feedback, feedbackOf, moodleFolder } from '../course/feedbackOf.ts';
import { type GradescopeResults, gradescopeResultsOf } from '../course/gradescopeResultsOf.ts';
import type { Person } from '../gradebook/store/people.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { UsageError } from '../model/errors.ts';
import { some } from '../platforms/pendingNotes.ts';
import { count } from '../report/text/numbers.ts';
import { printableLine } from '../report/text/printable.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';

const FORMS = ['folder', 'zips', 'moodle', 'gradescope'] as const;

interface ReturnArguments {
  readonly assignment: string;
  readonly as: (typeof FORMS)[number];
  readonly afterDue: boolean;
  readonly out: string;
  readonly gradebook: string | undefined;
}

const PAGE = 'feedback.html';
/** The same feedback gives the same bytes. */
const MTIME = new Date(2000, 0, 1);

/** `grade return <assignment>`: each student's feedback, as the platform takes it back. */
export const returnCommand = (root: string): CommandModule<object, ReturnArguments> => ({
  command: 'return <assignment>',
  describe: 'Write each student’s feedback: a page with the score, comments and what may be seen of the examination',
  builder: ((cli: Argv) =>
    cli
      .positional('assignment', { type: 'string', demandOption: true, describe: 'The assignment’s id' })
      .option('as', {
        choices: FORMS,
        default: 'folder' as const,
        describe:
          'A folder or an archive per student, one archive of feedback files for Moodle, or Gradescope’s results.json per submission',
      })
      .option('after-due', {
        type: 'boolean',
        default: false,
        describe: 'Also show criteria that open after the due date; Gradescope opens them by itself',
      })
      .option('out', {
        alias: 'o',
        type: 'string',
        demandOption: true,
        describe: 'The folder, or the archive for Moodle',
      })
      .option('gradebook', GRADEBOOK_OPTION)
      .example('$0 return conv2d-gemm --out feedback', '')
      .example(
        '$0 return conv2d-gemm --as moodle --out feedback.zip',
        'upload it at "Upload multiple feedback files in a zip"',
      )
      .example('$0 return conv2d-gemm --as gradescope --out results', 'results/submission_11/results.json')
      .epilogue('grade publish records that the students know their scores.')) as CommandModule<
    object,
    ReturnArguments
  >['builder'] &
    object,
  handler: (given) =>
    withKnownGradebook(
      given.gradebook,
      async (book) => {
        const assignment = findAssignment(root, given.assignment);
        await requireWritable([given.as === 'moodle' ? given.out : join(given.out, 'student', PAGE)]);
        if (given.as === 'gradescope') return writeGradescope(gradescopeResultsOf(book, assignment), given.out);
        const feedback = feedbackOf(book, assignment, given.afterDue);
        const written = await (given.as === 'moodle' ? writeMoodle(feedback, given.out) : writeEach(feedback, given));
        process.stdout.write(`Saved ${printableLine(given.out)}: feedback of ${count(written, 'student')}\n`);
      },
      'read',
    ),
});

/** A folder for each submission that Gradescope has numbered, and for each student of any other. */
async function writeGradescope(results: AsyncGenerator<GradescopeResults>, out: string): Promise<void> {
  const names = new FileNames();
  const left: string[] = [];
  let written = 0;
  for await (const { students, submission, text } of results) {
    if (text === undefined) {
      left.push(...students.map(({ name }) => name));
      continue;
    }
    for (const name of submission === undefined ? students.map(folderOf) : [submission])
      await writeWhole(join(out, names.nameFor(name), 'results.json'), text);
    written++;
  }
  if (left.length > 0) process.stderr.write(`grade: ${printableLine(`left out, not graded yet: ${some(left)}`)}\n`);
  process.stdout.write(`Saved ${printableLine(out)}: results of ${count(written, 'submission')}\n`);
}

const folderOf = ({ name, ids }: Person): string => [name, ...Object.values(ids)].join('-');

async function writeEach(feedback: AsyncGenerator<Feedback>, { as, out }: ReturnArguments): Promise<number> {
  const names = new FileNames();
  let written = 0;
  for await (const { student, page } of feedback) {
    const name = names.nameFor(folderOf(student));
    if (as === 'zips') await writeWhole(join(out, `${name}.zip`), await zipOf([[PAGE, page]]));
    else await writeWhole(join(out, name, PAGE), page);
    written++;
  }
  return written;
}

async function writeMoodle(feedback: AsyncGenerator<Feedback>, out: string): Promise<number> {
  if (!/\.zip$/iu.test(out)) throw new UsageError(`--out ${out}: the name of the archive must end in .zip`);
  const files: [string, string][] = [];
  const left: string[] = [];
  for await (const { student, page } of feedback) {
    const folder = moodleFolder(student);
    if (folder === undefined) left.push(student.name);
    else files.push([`${folder}/${PAGE}`, page]);
  }
  if (files.length === 0 && left.length > 0)
    throw new UsageError(
      `nobody’s Moodle number is known (${some(left)}): grade the class from Moodle’s download, or with --roster`,
    );
  if (left.length > 0)
    process.stderr.write(`grade: ${printableLine(`left out, Moodle’s number is not known: ${some(left)}`)}\n`);
  await writeWhole(out, await zipOf(files));
  return files.length;
}

async function zipOf(files: readonly (readonly [string, string])[]): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [path, text] of files) zip.addBuffer(Buffer.from(text), path, { mtime: MTIME, mode: 0o100644 });
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}
