import { readCounterexamples, UsageError as HandoutUsageError } from '@im2grade/handout';
import type { CommandModule } from 'yargs';
import { requireOutside } from '../assignments/courseFolder.ts';
import { findAssignment } from '../assignments/findAssignments.ts';
import { readSubmission } from '../intake/readSubmission.ts';
import { type IsolationChoice, sandboxFor } from '../isolation/sandboxFor.ts';
import { EXIT, UsageError } from '../model/errors.ts';
import { replay } from '../grade/replay.ts';
import { chosenGemm, ISOLATION_OPTION } from './options.ts';

interface ReplayArguments {
  readonly report: string;
  readonly criterion: string | undefined;
  readonly submission: string;
  readonly isolation: IsolationChoice;
}

/** `grade replay <report>`: runs the counterexamples of a report again, without the suites that found them. */
export const replayCommand = (root: string): CommandModule<object, ReplayArguments> => ({
  command: 'replay <report> [criterion]',
  describe: 'Run the counterexamples of a report again, on the submission as it is now',
  builder: (cli) =>
    cli
      .positional('report', { type: 'string', demandOption: true, describe: 'A report.json' })
      .positional('criterion', { type: 'string', describe: 'Only the counterexamples of this criterion' })
      .option('submission', {
        alias: 's',
        type: 'string',
        demandOption: true,
        describe: 'Folder, .zip or .tar.gz with the deliverables',
      })
      .option('isolation', ISOLATION_OPTION)
      .example('$0 replay reports/ada/report.json -s ada.zip', 'are they correct now?')
      .epilogue(
        'Exit codes: 0 all correct now, 1 something is still wrong, 2 bad usage or nothing that can be replayed',
      ),
  handler: (given) => run(root, given),
});

async function run(root: string, { report, criterion, submission: path, isolation }: ReplayArguments): Promise<void> {
  const gemm = chosenGemm();
  const { assignment: id, counterexamples } = read(report, criterion);
  requireOutside(path, root);
  const assignment = findAssignment(root, id);
  const submission = await readSubmission(path, assignment);
  const sandbox = await sandboxFor(root, isolation, assignment);
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const came = await replay({ root, assignment, submission, counterexamples, gemm, sandbox }, print);
  process.exitCode = { right: EXIT.graded, wrong: EXIT.belowFailUnder, nothing: EXIT.ungradable }[came];
}

function read(report: string, criterion: string | undefined): ReturnType<typeof readCounterexamples> {
  try {
    return readCounterexamples(report, criterion);
  } catch (error) {
    if (error instanceof HandoutUsageError) throw new UsageError(error.message);
    throw error;
  }
}
