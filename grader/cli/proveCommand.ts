import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { programDigest } from '../class/gradingKey.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { type IsolationChoice, sandboxFor } from '../isolation/sandboxFor.ts';
import { EXIT, UsageError } from '../model/errors.ts';
import type { ProofReport } from '../model/proofReport.ts';
import { ProofJournal } from '../prove/ProofJournal.ts';
import { proveByMutation } from '../prove/proveByMutation.ts';
import { saveProof } from '../report/proof/saveProof.ts';
import { renderProof } from '../report/terminal/renderProof.ts';
import { chosenCount, chosenPercent, chosenSeed, interruption, INTERRUPTED, ISOLATION_OPTION } from './options.ts';
import { savedLines } from './savedLines.ts';
import { terminalWidthAndColour } from './screen.ts';
import { showProofProgress } from './showProofProgress.ts';

interface ProveArguments {
  readonly assignment: string;
  readonly mutate: boolean;
  readonly sample: string | undefined;
  readonly all: boolean;
  readonly seed: string | undefined;
  readonly jobs: string | undefined;
  readonly atLeast: string | undefined;
  readonly isolation: IsolationChoice;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Takes less than five minutes on two cores for each assignment. */
const DEFAULT_SAMPLE = 300;
/** The same mutants and inputs in every run, unless another seed is asked for. */
const DEFAULT_SEED = 1;

/** `grade prove <assignment> --mutate`: whether the suites notice mistakes. */
export const proveCommand = (root: string): CommandModule<object, ProveArguments> => ({
  command: 'prove <assignment>',
  describe: 'Prove that the suites of an assignment notice mistakes; the same command continues',
  builder: options as CommandModule<object, ProveArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('assignment', { type: 'string', demandOption: true, describe: 'Which assignment' })
    .option('mutate', {
      type: 'boolean',
      default: false,
      describe: 'By mutants: the reference and the naive solution, each with one mistake that a machine makes',
    })
    .option('sample', { type: 'string', defaultDescription: String(DEFAULT_SAMPLE), describe: 'Number of mutants' })
    .option('all', { type: 'boolean', default: false, describe: 'Every mutant, not a sample' })
    .option('seed', {
      type: 'string',
      defaultDescription: String(DEFAULT_SEED),
      describe: 'Of the sample and of the suites’ inputs',
    })
    .option('jobs', {
      alias: 'j',
      type: 'string',
      defaultDescription: String(availableParallelism()),
      describe: 'Mutants at a time',
    })
    .option('at-least', { type: 'string', describe: 'Exit with 1 if fewer percent of the mutants are killed' })
    .option('isolation', ISOLATION_OPTION)
    .option('json', { type: 'boolean', default: false, describe: 'Print the report as JSON only' })
    .option('out', { alias: 'o', type: 'string', describe: 'Folder for the report (reports/prove/<assignment>)' })
    .example('$0 prove conv2d-gemm --mutate', 'a sample, in minutes')
    .example('$0 prove conv2d-gemm --mutate --all --at-least 97', 'every mutant, for CI')
    .epilogue('Exit codes: 0 done, 1 below --at-least, 2 bad usage, 3 the grader failed at a mutant, 130 interrupted');

async function run(root: string, given: ProveArguments): Promise<void> {
  if (!given.mutate) throw new UsageError('prove: choose how, with --mutate');
  const [seed, count] = [chosenSeed(given.seed) ?? DEFAULT_SEED, chosenCount('sample', given.sample)];
  if (given.all && count !== undefined) throw new UsageError('--all and --sample exclude each other');
  const least = chosenPercent('at-least', given.atLeast);
  const jobs = chosenCount('jobs', given.jobs) ?? availableParallelism();
  const assignment = findAssignment(root, given.assignment);
  const out = given.out ?? join('reports', 'prove', assignment.id);
  await requireWritable([join(out, 'proof.json')]);
  const signal = interruption();
  const progress = showProofProgress(process.stderr);
  const report = await proveByMutation({
    root,
    assignment,
    seed,
    sample: given.all ? undefined : (count ?? DEFAULT_SAMPLE),
    jobs,
    journal: new ProofJournal(join(out, '.journal'), programDigest(root, assignment), seed),
    sandbox: await sandboxFor(root, given.isolation, assignment),
    progress,
    signal,
  }).finally(() => progress.stop());
  if (report === undefined) {
    process.stderr.write('grade: interrupted; run the same command again to continue\n');
    process.exitCode = INTERRUPTED;
    return;
  }
  const files = await saveProof(report, out);
  const style = terminalWidthAndColour(process.stdout);
  process.stdout.write(
    given.json ? `${JSON.stringify(report)}\n` : renderProof(report, style) + savedLines(files, style.width),
  );
  judge(report, least);
}

function judge({ totals, refuted }: ProofReport, least: number | undefined): void {
  for (const line of refuted) process.stderr.write(`grade: marked as equivalent, and it is not: ${line}\n`);
  if (least !== undefined && totals.score < least) process.exitCode = EXIT.belowFailUnder;
  if (refuted.length > 0) process.exitCode = EXIT.belowFailUnder;
  if (totals.undecided === 0) return;
  process.stderr.write(`grade: the grader failed at ${totals.undecided} of the mutants; the report has the reasons\n`);
  process.exitCode = EXIT.graderFailed;
}
