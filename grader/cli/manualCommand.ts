import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { withoutArchiveSuffix } from '../intake/listArchives.ts';
import { tryLock } from '../host/lock.ts';
import { type Assignment, type Criterion, criteriaOf } from '../model/assignment.ts';
import { round } from '../common/round.ts';
import { UsageError } from '../model/errors.ts';
import type { ManualEntry } from '../model/manualPoints.ts';
import type { ScoreReport } from '../model/report.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { readJson } from '../report/json/readJson.ts';
import { addManual } from '../gradebook/manualFile.ts';
import { attemptsOf, teamsOf } from '../gradebook/store/attempts.ts';
import { NOTHING_GIVEN } from '../gradebook/store/entries.ts';
import { isUrl } from '../gradebook/store/location.ts';
import { personsCalled } from '../gradebook/store/people.ts';
import { savedFormats, saveFormats } from '../platforms/saveFormats.ts';
import { saveReport } from '../report/saveReport.ts';
import { points as shown } from '../report/text/numbers.ts';
import { printableLine } from '../report/text/printable.ts';
import { totalsLine } from '../report/text/totals.ts';
import { applyManualPoints } from '../score/applyManualPoints.ts';
import { decimal } from '../common/decimal.ts';
import { giveAndPrint, noteAndName } from './giveAndPrint.ts';
import { DEFAULT_GRADEBOOK, GRADEBOOK_OPTION, gradebookBeside, withKnownGradebook } from './gradebookOption.ts';
import { attemptAt, attemptOfArgument } from './ofArgument.ts';

interface ManualArguments {
  readonly submission: string;
  readonly criterion: string;
  readonly points: string;
  readonly note: string;
  readonly by: string | undefined;
  readonly out: string;
  readonly assignment: string | undefined;
  readonly gradebook: string | undefined;
}

/** `grade manual <submission> <criterion> <points>`: records points that a person gives. */
export const manualCommand = (root: string): CommandModule<object, ManualArguments> => ({
  command: 'manual <submission> <criterion> <points>',
  describe: 'Record the points of a manual criterion; grading again keeps them',
  builder: options as CommandModule<object, ManualArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('submission', {
      type: 'string',
      demandOption: true,
      describe:
        'A student by id, login, address or name; or a graded submission by its folder in --out, or its report.json',
    })
    .positional('criterion', { type: 'string', demandOption: true, describe: 'The criterion’s id' })
    .positional('points', { type: 'string', demandOption: true, describe: 'From 0 to what the criterion is worth' })
    .option('note', { type: 'string', demandOption: true, describe: 'Why; shown next to the points' })
    .option('by', { type: 'string', describe: 'Who gives them; your git user.name, or else your login name' })
    .option('out', { alias: 'o', type: 'string', default: 'reports', describe: 'Folder of the reports' })
    .option('assignment', {
      alias: 'a',
      type: 'string',
      describe: 'Which assignment, if the student handed in several',
    })
    .option('gradebook', GRADEBOOK_OPTION)
    .example(
      '$0 manual ada.zip essay.method 4 --note "no word on what failed"',
      'graded before, report in reports/ada/',
    )
    .example('$0 manual 0012345 essay.method 4 --note "as agreed"', 'a student of a class')
    .example('$0 manual reports/homework/ada essay.method 5 --note "as agreed" --by Grace', 'of a class')
    .epilogue(
      'The last points recorded for a criterion count. All are kept, with who gave them and when: for a class in the gradebook,\n' +
        'for a single submission in manual.json next to the report.\n' +
        'Exit codes: 0 recorded, 2 no such report or criterion, points out of range, or a criterion that is not manual',
    );

async function run(root: string, given: ManualArguments): Promise<void> {
  const folder = reportFolder(given);
  const gradebook = await gradebookOf(given, folder);
  if (gradebook === undefined) return recordBeside(root, folder, given);
  await withKnownGradebook(gradebook, async (book) => {
    const attempt = await attemptOfArgument(book, given.submission, given.assignment, folder);
    const assignment = findAssignment(root, attempt.assignment);
    const points = pointsFor(assignment, given);
    const entry = { ...NOTHING_GIVEN, kind: 'points', ...points, digest: attempt.digest } as const;
    await giveAndPrint(book, assignment, attempt, entry, `${what(assignment, points)}, given by ${points.by}`);
  });
}

/** The gradebook that knows whose it is; undefined if the report is that of a single submission. */
async function gradebookOf(given: ManualArguments, folder: string): Promise<string | undefined> {
  const { gradebook, submission, out } = given;
  if (submission.trim() === '') throw new UsageError('no student is named; name one by an id, an address or a name');
  const ofStudents = gradebook ?? join(out, basename(DEFAULT_GRADEBOOK));
  if (isBareName(given) && (await isStudentIn(ofStudents, given))) return ofStudents;
  if (gradebook !== undefined && (await knowsReport(gradebook, submission))) return gradebook;
  const hasReport = existsSync(join(folder, 'report.json'));
  const location = gradebook ?? (hasReport ? gradebookBeside(dirname(resolve(folder))) : DEFAULT_GRADEBOOK);
  if (gradebook === undefined && !existsSync(location)) {
    if (hasReport) return undefined;
    throw new UsageError(`${submission}: no report in ${folder}; grade it first, or name its report.json`);
  }
  if (!hasReport) return location;
  return (await knowsReport(location, folder)) ? location : undefined;
}

const knowsReport = (location: string, path: string): Promise<boolean> =>
  withKnownGradebook(
    location,
    (book) => book.read(async (db) => (await attemptAt(db, book, path)) !== undefined),
    'read',
  );

/** True for what names a student rather than a file, as for the other commands that give something. */
const isBareName = ({ submission }: ManualArguments): boolean =>
  submission === basename(submission) && submission !== 'report.json';

/** Whether somebody of this id, address or name handed in; it may be a single submission's name as well. */
async function isStudentIn(location: string, { submission, assignment }: ManualArguments): Promise<boolean> {
  if (!isUrl(location) && !existsSync(location)) return false;
  return withKnownGradebook(location, (book) =>
    book.read(async (db) => {
      const persons = await personsCalled(db, submission, assignment);
      const attempts = await Promise.all(
        persons.map(async ({ id }) => attemptsOf(db, await teamsOf(db, id), assignment)),
      );
      return attempts.flat().length > 0;
    }),
  );
}

async function recordBeside(root: string, folder: string, given: ManualArguments): Promise<void> {
  const { assignment: about } = await readJson(join(folder, 'report.json'));
  const assignment = findAssignment(root, about.id);
  if (about.version !== assignment.version)
    throw new UsageError(
      `${folder}: graded by version ${about.version} of ${about.id}, which is at version ${assignment.version}; grade it again first`,
    );
  const points = pointsFor(assignment, given);
  await requireWritable(['manual.json', 'report.json', 'report.html'].map((name) => join(folder, name)));
  const report = await record(folder, assignment, points);
  process.stdout.write(
    `${what(assignment, points)}, given by ${points.by}\nScore  ${totalsLine(report.totals)}\nSaved ${printableLine(join(folder, 'manual.json'))}\n`,
  );
}

type GivenPoints = Pick<ManualEntry, 'criterion' | 'points' | 'note' | 'by'>;

/** @throws UsageError if a value is invalid */
function pointsFor(assignment: Assignment, given: ManualArguments): GivenPoints {
  const criterion = manualCriterion(assignment, given.criterion);
  const points = decimal(given.points);
  checkPoints(criterion, points, given.points);
  return { criterion: criterion.id, points, ...noteAndName(given) };
}

function what(assignment: Assignment, { criterion, points }: GivenPoints): string {
  const { points: most } = criteriaOf(assignment).find(({ id }) => id === criterion)!;
  return `${criterion}: ${shown(points)} of ${shown(most)}`;
}

/**
 * The folder that the report would be in. A path outside of `--out` is someone's submission, and a file in it must not be
 * trusted as a report.
 */
function reportFolder({ submission, out }: ManualArguments): string {
  if (basename(submission) === 'report.json') return dirname(submission);
  const isWithin = resolve(submission).startsWith(resolve(out) + sep);
  return isWithin ? submission : join(out, withoutArchiveSuffix(basename(resolve(submission))));
}

/**
 * Adds the points to the file next to the report, and saves the report with them. Only one command at a time does so in
 * a folder.
 */
async function record(folder: string, assignment: Assignment, points: GivenPoints): Promise<ScoreReport> {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16);
  const lock = await tryLock(`manual-${name}`);
  if (!lock) throw new UsageError(`${folder}: another command is recording points there`);
  try {
    const report = await readJson(join(folder, 'report.json'));
    const entry = { ...points, at: new Date().toISOString(), digest: report.submission.digest };
    const manual = await addManual(folder, assignment.id, entry);
    const settled = applyManualPoints(assignment, report, { manual, times: report.totals.late });
    await saveReport(settled, folder);
    await saveFormats(savedFormats(folder), settled, folder);
    return settled;
  } finally {
    lock.release();
  }
}

/** @throws UsageError if it does not exist, or is not manual */
function manualCriterion(assignment: Assignment, id: string): Criterion {
  const manual = criteriaOf(assignment).filter(({ kind }) => kind === 'manual');
  const criterion = criteriaOf(assignment).find((each) => each.id === id);
  if (criterion?.kind === 'manual') return criterion;
  const problem = criterion ? `"${id}" is not a manual criterion` : `unknown criterion "${id}"`;
  const there = manual.map((each) => each.id).join(', ') || 'none';
  throw new UsageError(`${problem}; manual criteria of ${assignment.id}: ${there}`);
}

function checkPoints({ id, points: most }: Criterion, points: number, text: string): void {
  if (!(points >= 0 && points <= most))
    throw new UsageError(`${text || 'points'}: must be a number from 0 to ${shown(most)} for ${id}`);
  if (round(points) !== points) throw new UsageError(`${text}: points have at most two decimals`);
}
