import type { CommandModule } from 'yargs';
import { findAssignment } from '../../assignments/findAssignments.ts';
import { BatchEngine } from '../../engines/batch/BatchEngine.ts';
import { BatchFolder, type BatchPlan } from '../../engines/batch/BatchFolder.ts';
import { missingTasks, writtenKeys } from '../../engines/batch/missingTasks.ts';
import { shellWord } from '../../common/shellWord.ts';
import { programDigests } from '../../engines/gradingKey.ts';
import { tierElsewhere } from '../../isolation/sandboxFor.ts';
import { UsageError } from '../../model/errors.ts';
import { count } from '../../report/text/numbers.ts';
import { ClassArguments } from '../ClassArguments.ts';
import type { EngineFor } from '../EngineFor.ts';
import { gradeWholeClass } from '../gradeWholeClass.ts';
import { INTERRUPTED } from '../options.ts';
import { runClass } from '../runClass.ts';
import { restoreEnvironment } from './batchEnvironment.ts';
import { saveScripts, submitCommands } from './saveScripts.ts';

interface IngestArguments {
  readonly results: string;
  readonly missing: boolean;
  readonly json: boolean;
  readonly gradebook: string | undefined;
}

/** `grade gradebook ingest <results>`: takes what a batch system has graded into the gradebook. */
export const ingestCommand = (root: string): CommandModule<object, IngestArguments> => ({
  command: 'ingest <results>',
  describe: 'Take the results of a batch system into the gradebook, and write the reports of the class',
  builder: (cli) =>
    cli
      .positional('results', { type: 'string', demandOption: true, describe: 'What --out of grade class was' })
      .option('missing', { type: 'boolean', default: false, describe: 'Only write scripts for tasks without results' })
      .option('json', { type: 'boolean', default: false, describe: 'Print the class report as JSON only' })
      .option('gradebook', {
        type: 'string',
        describe: 'The gradebook, if its address has a password, which is not kept',
      })
      .example('$0 gradebook ingest results', 'once, or while the tasks run')
      .example('$0 gradebook ingest results --missing', 'what to submit again')
      .epilogue('Exit codes: 0 every result was there, 2 bad usage, 3 some are missing or failed'),
  handler: (given) => run(root, given),
});

async function run(root: string, given: IngestArguments): Promise<void> {
  const folder = new BatchFolder(given.results);
  const plan = await folder.plan();
  const before = ClassArguments.safeParse(plan.given);
  if (!before.success) throw new UsageError(`${folder.path}: batch.json is damaged; run grade class … --engine again`);
  restoreEnvironment(plan.environment);
  if (given.missing) return writeMissing(root, folder, plan);
  if (process.cwd() !== plan.cwd)
    throw new UsageError(`run it in ${plan.cwd}, as grade class was: the paths of the class begin there`);
  const now = programDigests(root, findAssignment(root, plan.assignment));
  if (now.assignment !== plan.program.assignment || now.grader !== plan.program.grader)
    throw new UsageError(
      `the jobs of ${folder.path} were made with another version of the grader or of ${plan.assignment}: take that version, or run grade class … --engine again`,
    );
  const gradebook = given.gradebook ?? before.data.gradebook;
  if (plan.hasPassword && given.gradebook === undefined && !process.env['PGPASSWORD'])
    throw new UsageError(
      `the password of ${gradebook} is not kept: set PGPASSWORD, or name the gradebook with it in --gradebook`,
    );
  const written = await writtenKeys(folder, plan);
  await runClass(
    { ...before.data, gradebook, json: given.json } as ClassArguments,
    collecting(folder, plan, written),
    root,
  );
  const missing = await missingTasks(folder, plan);
  if (missing.jobs === 0 || process.exitCode === INTERRUPTED) return;
  process.stderr.write(
    `grade: ${count(missing.jobs, 'job')} of ${folder.path} ${missing.jobs === 1 ? 'has' : 'have'} no result yet; grade gradebook ingest ${shellWord(given.results)} --missing writes what to submit again\n`,
  );
}

const collecting =
  (folder: BatchFolder, { isolation }: BatchPlan, written: ReadonlySet<string>): EngineFor =>
  async ({ assignment }) => ({
    isolation: tierElsewhere(isolation, assignment),
    async run(options, shown) {
      const engine = new BatchEngine(folder, assignment, written);
      await gradeWholeClass({ ...options, engine }, shown);
      await engine.close();
    },
  });

async function writeMissing(root: string, folder: BatchFolder, plan: BatchPlan): Promise<void> {
  const { jobs, tasks } = await missingTasks(folder, plan);
  if (jobs === 0) {
    process.stdout.write('Nothing is missing: every job that was written has a result\n');
    return;
  }
  const scripts = await saveScripts(root, folder, plan, tasks, true);
  const number = tasks.untimed.length + tasks.timed.length;
  process.stdout.write(
    `${count(jobs, 'job')} in ${count(number, 'task')} ${jobs === 1 ? 'has' : 'have'} no result. Submit them again:\n${submitCommands(plan.system, scripts)}`,
  );
}
