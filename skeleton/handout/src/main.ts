import { enterHandout } from './enterHandout.ts';
import { EXIT, UsageError } from './errors.ts';
import { handInCommand } from './handIn/handInCommand.ts';
import { replayCommand } from './replay/replayCommand.ts';
import { scoreCommand } from './score/scoreCommand.ts';
import { testCommand } from './jest/testCommand.ts';

const USAGE = `Usage: grade                                the public part of the score
       grade test [--watch]                 the public tests, once or after every change (npm test)
       grade replay REPORT.json [CRITERION] the counterexamples of a report, on your functions as they are now
       grade hand-in [FILE.zip]             the archive to hand in, checked as the grader reads it (npm run hand-in)

Run it in the folder of the assignment or in a folder inside it, as npm run grade or npx grade.
Exit codes: 0 fine, 1 a test or a counterexample fails, 2 bad usage, or a hand-in that could not be graded`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  test: testCommand,
  replay: replayCommand,
  'hand-in': handInCommand,
};

/** Runs one command: its exit code. */
async function main([command, ...args]: readonly string[]): Promise<number> {
  if (command === undefined || Object.hasOwn(COMMANDS, command)) {
    enterHandout();
    return command === undefined ? scoreCommand() : COMMANDS[command](args);
  }
  console.log(USAGE);
  return command === '--help' || command === '-h' ? EXIT.fine : EXIT.badUsage;
}

/** What `parseArgs` throws on an unknown option. */
const isBadOption = (error: unknown): error is Error =>
  error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError) && !isBadOption(error)) throw error;
  console.error(`grade: ${error.message}`);
  process.exitCode = EXIT.badUsage;
}
