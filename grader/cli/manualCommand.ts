import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { tryLock } from '../machine/lock.ts';
import { type Assignment, type Criterion, criteriaOf } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import type { ManualEntry } from '../model/manualPoints.ts';
import type { ScoreReport } from '../model/report.ts';
import { readJson } from '../report/json/readJson.ts';
import { addManual } from '../report/manual/manualFile.ts';
import { saveReport } from '../report/saveReport.ts';
import { points as shown } from '../report/text/numbers.ts';
import { printableLine } from '../report/text/printable.ts';
import { totalsLine } from '../report/text/totals.ts';
import { settle } from '../score/settle.ts';

interface ManualArguments {
  readonly report: string;
  readonly criterion: string;
  readonly points: number;
  readonly note: string;
  readonly by: string | undefined;
}

/** `grade manual <report> <criterion> <points>`: what a person gives. */
export const manualCommand = (root: string): CommandModule<object, ManualArguments> => ({
  command: 'manual <report> <criterion> <points>',
  describe: 'Record the points of a criterion that a person reads; grading again keeps them',
  builder: options as CommandModule<object, ManualArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('report', { type: 'string', demandOption: true, describe: 'A saved report.json, or its folder' })
    .positional('criterion', { type: 'string', demandOption: true, describe: 'The criterion’s id' })
    .positional('points', { type: 'number', demandOption: true, describe: 'From 0 to what the criterion is worth' })
    .option('note', { type: 'string', demandOption: true, describe: 'Why; shown beside the points' })
    .option('by', { type: 'string', describe: 'Who gives them; you when left out' })
    .example('$0 manual reports/ada question3.motivation 4 --note "no word on what failed"', '');

async function run(root: string, given: ManualArguments): Promise<void> {
  const folder = basename(given.report) === 'report.json' ? dirname(given.report) : given.report;
  const { assignment: about } = await readJson(join(folder, 'report.json'));
  const assignment = findAssignment(root, about.id);
  if (about.version !== assignment.version)
    throw new UsageError(
      `${folder}: graded by version ${about.version} of ${about.id}, which is at version ${assignment.version}; grade it again first`,
    );
  const criterion = manualCriterion(assignment, given.criterion);
  checkPoints(criterion, given.points);
  const [note, by] = [printableLine(given.note).trim(), printableLine(given.by ?? ownName()).trim()];
  if (note === '') throw new UsageError('--note: say in a word why');
  if (by === '') throw new UsageError('--by: say who gives the points');
  const report = await record(folder, assignment, { criterion: criterion.id, points: given.points, note, by });
  const what = `${criterion.id}: ${shown(given.points)} of ${shown(criterion.points)}, given by ${by}`;
  process.stdout.write(`${what}\nScore  ${totalsLine(report.totals)}\nSaved ${join(folder, 'manual.json')}\n`);
}

/** Adds the points beside the report, and saves the report with them. One command at a time does so in a folder. */
async function record(
  folder: string,
  assignment: Assignment,
  points: Pick<ManualEntry, 'criterion' | 'points' | 'note' | 'by'>,
): Promise<ScoreReport> {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16);
  const lock = await tryLock(`manual-${name}`);
  if (!lock) throw new UsageError(`${folder}: another command is recording points there`);
  try {
    const report = await readJson(join(folder, 'report.json'));
    const entry = { ...points, at: new Date().toISOString(), digest: report.submission.digest };
    const manual = await addManual(folder, assignment.id, entry);
    const settled = settle(assignment, report, { manual, times: report.totals.late });
    await saveReport(settled, folder);
    return settled;
  } finally {
    lock.release();
  }
}

/** @throws UsageError when it is not there, or a machine grades it */
function manualCriterion(assignment: Assignment, id: string): Criterion {
  const manual = criteriaOf(assignment).filter(({ kind }) => kind === 'manual');
  const criterion = criteriaOf(assignment).find((each) => each.id === id);
  if (criterion?.kind === 'manual') return criterion;
  const problem = criterion ? `"${id}" is graded by a machine` : `unknown criterion "${id}"`;
  const there = manual.map((each) => each.id).join(', ') || 'nothing';
  throw new UsageError(`${problem}; in ${assignment.id} a person grades ${there}`);
}

function checkPoints({ id, points: most }: Criterion, points: number): void {
  if (!(points >= 0 && points <= most))
    throw new UsageError(
      `${Number.isNaN(points) ? 'points' : points}: must be a number from 0 to ${shown(most)} for ${id}`,
    );
}

function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
