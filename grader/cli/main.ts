import { resolve } from 'node:path';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { COURSE_VARIABLE } from '../assignments/courseFolder.ts';
import { EXIT, machineFaultOf, UngradableError, UsageError } from '../model/errors.ts';
import { assignmentsCommand } from './assignmentsCommand.ts';
import { batchCommand } from './batch/batchCommand.ts';
import { classCommand } from './classCommand.ts';
import { compareCommand } from './compareCommand.ts';
import { deskCommand } from './deskCommand.ts';
import { doctorCommand } from './doctorCommand.ts';
import { exportCommand } from './exportCommand.ts';
import { commentCommand, deductCommand, overrideCommand } from './givingCommands.ts';
import { gradebookCommand } from './gradebookCommand.ts';
import { gradeCommand } from './gradeCommand.ts';
import { joinCommand } from './joinCommand.ts';
import { historyCommand } from './historyCommand.ts';
import { manualCommand } from './manualCommand.ts';
import { endQuietly } from './endQuietly.ts';
import { schemaCommand } from './schemaCommand.ts';
import { similarCommand } from './similarCommand.ts';
import { requireSingle } from './requireSingle.ts';
import { terminalWidthAndColour } from './screen.ts';
import { leaderboardCommand } from './leaderboardCommand.ts';
import { newCommand } from './newCommand.ts';
import { marksCommand } from './marksCommand.ts';
import { publishCommand } from './publishCommand.ts';
import { regradeCommand } from './regradeCommand.ts';
import { proveCommand } from './proveCommand.ts';
import { releaseCommand } from './releaseCommand.ts';
import { returnCommand } from './returnCommand.ts';
import { workerCommand } from './queue/workerCommand.ts';
import { workersCommand } from './queue/workersCommand.ts';
import { ROOT } from './root.ts';
import { rubricCommand } from './rubricCommand.ts';
import { replayCommand } from './replayCommand.ts';
import { reweighCommand } from './reweighCommand.ts';

const cli = yargs(hideBin(process.argv))
  .scriptName('grade')
  // Our own texts are in English only.
  .locale('en')
  .command(gradeCommand(ROOT))
  .command(classCommand(ROOT))
  .command(assignmentsCommand(ROOT))
  .command(compareCommand)
  .command(similarCommand(ROOT))
  .command(deskCommand(ROOT))
  .command(doctorCommand(ROOT))
  .command(exportCommand(ROOT))
  .command(manualCommand(ROOT))
  .command(overrideCommand(ROOT))
  .command(deductCommand(ROOT))
  .command(commentCommand(ROOT))
  .command(marksCommand(ROOT))
  .command(gradebookCommand(ROOT))
  .command(regradeCommand(ROOT))
  .command(leaderboardCommand(ROOT))
  .command(publishCommand(ROOT))
  .command(returnCommand(ROOT))
  .command(joinCommand(ROOT))
  .command(historyCommand)
  .command(schemaCommand)
  .command(newCommand(ROOT))
  .command(proveCommand(ROOT))
  .command(releaseCommand(ROOT))
  .command(rubricCommand(ROOT))
  .command(reweighCommand(ROOT))
  .command(replayCommand(ROOT))
  .command(batchCommand(ROOT))
  .command(workerCommand(ROOT))
  .command(workersCommand)
  .option('course', {
    type: 'string',
    requiresArg: true,
    describe: 'The folder with skeleton/, reference/ and tests/, if it is not the one here',
  })
  .middleware(({ course }) => {
    // What this command starts sees it too.
    if (course !== undefined) process.env[COURSE_VARIABLE] = resolve(course);
  })
  .strict()
  .check(requireSingle)
  .version(false)
  .help()
  .alias('help', 'h')
  .wrap(Math.min(110, terminalWidthAndColour(process.stdout).width))
  .fail((message, error) => {
    const isUsage = error === undefined || error === null || error.name === 'YError';
    throw isUsage ? new UsageError(`${usageOf(message)}; see --help`) : error;
  });

endQuietly(process.stdout);
endQuietly(process.stderr);
void run();

/** Never rejects: what a command throws ends in a message and an exit code. */
async function run(): Promise<void> {
  try {
    await cli.parseAsync();
  } catch (error) {
    const { line, code } = endOf(error);
    process.stderr.write(`grade: ${line}\n`);
    process.exitCode = code;
  }
}

/** What is wrong with the arguments, in one line. */
function usageOf(message: string): string {
  const line = message.replaceAll(/\s+/g, ' ');
  const [, got, need] = /^Not enough non-option arguments: got (\d+), need at least (\d+)/u.exec(line) ?? [];
  if (need === undefined) return line;
  const missing = Number(need) - Number(got);
  return missing === 1 ? 'an argument is missing' : `${missing} arguments are missing`;
}

/** The message of a command that threw, and its exit code: a stack trace only for an unexpected error. */
function endOf(error: unknown): { line: string; code: number } {
  if (error instanceof UsageError || error instanceof UngradableError)
    return { line: error.message, code: EXIT.ungradable };
  const machine = machineFaultOf(error);
  if (machine) return { line: machine.message, code: EXIT.graderFailed };
  const message = error instanceof Error ? error.stack : String(error);
  return { line: `the grader itself failed: ${message}`, code: EXIT.graderFailed };
}
