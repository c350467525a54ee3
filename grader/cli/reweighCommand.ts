import { basename, dirname } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { readManual } from '../gradebook/manualFile.ts';
import { reweigh } from '../grade/reweigh.ts';
import { UsageError } from '../model/errors.ts';
import type { ScoreReport } from '../model/report.ts';
import { readJson } from '../report/json/readJson.ts';
import { DOCUMENT, saveReport } from '../report/saveReport.ts';
import { points } from '../report/text/numbers.ts';
import { printableLine } from '../report/text/printable.ts';
import { applyManualPoints } from '../score/applyManualPoints.ts';

interface ReweighArguments {
  readonly from: string[];
  readonly apply: boolean;
}

/** `grade reweigh <from..>`: the present points of an assignment, without examining again. */
export const reweighCommand = (root: string): CommandModule<object, ReweighArguments> => ({
  command: 'reweigh <from..>',
  describe: 'Give saved reports the points and weights of today, without examining again',
  builder: (cli) => options(cli) as unknown as Argv<ReweighArguments>,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('from', { type: 'string', array: true, demandOption: true, describe: 'The report.json of submissions' })
    .option('apply', { type: 'boolean', default: false, describe: 'Save the reports; without it they are only shown' })
    .example('$0 reweigh reports/hw/*/report.json', 'who would gain and who would lose')
    .example('$0 reweigh reports/hw/*/report.json --apply', '')
    .epilogue(
      'Points, weights, bonus and titles of assignment.yaml may have changed. If its criteria have changed, grade again.\n' +
        'Exit codes: 0 shown or saved, 2 no such report, or a change that needs a new grading',
    );

async function run(root: string, { from, apply }: ReweighArguments): Promise<void> {
  const other = from.find((path) => basename(path) !== DOCUMENT);
  if (apply && other !== undefined) throw new UsageError(`${other}: only a ${DOCUMENT} is saved again`);
  const reweighed = await Promise.all(from.map((path) => one(root, path)));
  for (const { path, before, after } of reweighed) {
    if (apply) await saveReport(after, dirname(path));
    const [old, now] = [before, after].map(({ totals }) => `${points(totals.earned)} of ${points(totals.possible)}`);
    process.stdout.write(`${printableLine(after.submission.name)}: ${old} → ${now}\n`);
  }
  if (!apply) process.stdout.write('Nothing was saved; --apply saves the reports.\n');
}

interface Reweighed {
  readonly path: string;
  readonly before: ScoreReport;
  readonly after: ScoreReport;
}

/** @throws UsageError if it cannot be read, or needs a new grading */
async function one(root: string, path: string): Promise<Reweighed> {
  const before = await readJson(path);
  const assignment = findAssignment(root, before.assignment.id);
  try {
    const manual = await readManual(dirname(path), assignment.id);
    const after = applyManualPoints(assignment, reweigh(assignment, before), { manual, times: before.totals.late });
    return { path, before, after };
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${path}: ${error.message}`) : error;
  }
}
