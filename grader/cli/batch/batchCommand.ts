import { basename, dirname, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { findAssignment } from '../../assignments/findAssignments.ts';
import { BatchFolder } from '../../engines/batch/BatchFolder.ts';
import { runTask } from '../../engines/batch/runTask.ts';
import { PASSES, type Pass } from '../../engines/Engine.ts';
import { gradeOne } from '../../engines/gradeOne.ts';
import { programDigests } from '../../engines/gradingKey.ts';
import { withSuiteRunners } from '../../examine/SuiteRunners.ts';
import { sandboxFor } from '../../isolation/sandboxFor.ts';
import { EXIT, UsageError } from '../../model/errors.ts';
import { count } from '../../report/text/numbers.ts';
import { chosenGemm, interruption, INTERRUPTED } from '../options.ts';

interface BatchArguments {
  readonly folder: string;
  readonly pass: Pass;
  readonly task: string;
}

/** `grade batch <folder> <pass> <task>`: what the scripts of a batch system run. */
export const batchCommand = (root: string): CommandModule<object, BatchArguments> => ({
  command: 'batch <folder> <pass> <task>',
  describe: 'Grade one task of a batch; the scripts of grade class --engine slurm run it',
  builder: (cli) =>
    cli
      .positional('folder', { type: 'string', demandOption: true, describe: 'The folder batch of a class’s reports' })
      .positional('pass', { choices: PASSES, demandOption: true, describe: 'Which array' })
      .positional('task', { type: 'string', demandOption: true, describe: 'The number of the task, from 0' })
      .example('$0 batch results/batch untimed 0', 'what has a result is not graded again')
      .epilogue('Exit codes: 0 every result is there, 2 bad usage or another version, 3 a grading failed'),
  handler: (given) => run(root, given),
});

async function run(root: string, { folder: path, pass, task }: BatchArguments): Promise<void> {
  if (!/^\d{1,9}$/u.test(task)) throw new UsageError(`${task}: must be the number of a task`);
  if (basename(resolve(path)) !== 'batch')
    throw new UsageError(`${path}: must be the folder batch of a class’s reports`);
  const folder = new BatchFolder(dirname(resolve(path)));
  const plan = await folder.plan();
  const assignment = findAssignment(root, plan.assignment);
  const sandbox = await sandboxFor(root, plan.isolation, assignment);
  const ability = {
    assignment,
    program: programDigests(root, assignment),
    gemm: chosenGemm(),
    isolation: sandbox.tier,
  };
  const signal = interruption();
  const note = (line: string) => void process.stdout.write(`${line}\n`);
  const failed = await withSuiteRunners((suiteRunners) => {
    // A node measures for itself: whatever else may run on it, the measurements of this machine take turns.
    const means = { root, assignment, sandbox, lanes: async () => 1, suiteRunners, signal };
    return runTask({
      ...{ ...ability, folder, pass, task: Number(task), signal, note, gradeOne: (order) => gradeOne(order, means) },
    });
  });
  if (signal.aborted) process.exitCode = INTERRUPTED;
  else if (failed > 0) {
    process.stderr.write(`grade: ${count(failed, 'grading')} failed, and left no result; run the task again\n`);
    process.exitCode = EXIT.graderFailed;
  }
}
