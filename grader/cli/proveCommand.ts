import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { assignmentIds, findAssignment } from '../assignments/findAssignments.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { type IsolationChoice, sandboxFor } from '../isolation/sandboxFor.ts';
import type { Assignment } from '../model/assignment.ts';
import { EXIT, UsageError } from '../model/errors.ts';
import type { ProofReport } from '../model/proofReport.ts';
import { proveByMutation } from '../prove/proveByMutation.ts';
import { saveProof } from '../report/proof/saveProof.ts';
import { renderProof } from '../report/terminal/renderProof.ts';
import { journalIn } from './journalIn.ts';
import { chosenCount, chosenPercent, chosenSeed, interruption, INTERRUPTED, ISOLATION_OPTION } from './options.ts';
import { proveHonestly } from './proveHonestly.ts';
import { savedLines } from './savedLines.ts';
import { terminalWidthAndColour } from './screen.ts';
import { showProofProgress } from './showProofProgress.ts';

interface ProveArguments {
  readonly assignment: string | undefined;
  readonly mutate: boolean;
  readonly quick: boolean;
  readonly sample: string | undefined;
  readonly all: boolean;
  readonly seed: string | undefined;
  readonly jobs: string | undefined;
  readonly atLeast: string | undefined;
  readonly isolation: IsolationChoice;
  readonly json: boolean;
  readonly out: string;
}

/** Takes minutes and not hours. */
const DEFAULT_SAMPLE = 300;
/** The same mutants and inputs in every run, unless another seed is asked for. */
const DEFAULT_SEED = 1;

/** `grade prove [assignment]`: what keeps it honest; with `--mutate`, whether the suites notice mistakes. */
export const proveCommand = (root: string): CommandModule<object, ProveArguments> => ({
  command: 'prove [assignment]',
  describe: 'Prove that an assignment is honest: reference, skeleton, mutants, accepted solutions, handout',
  builder: options as CommandModule<object, ProveArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('assignment', { type: 'string', describe: 'Which assignment; every one if it is left out' })
    .option('mutate', {
      type: 'boolean',
      default: false,
      describe: 'By mutants: the reference and the naive solution, each with one mistake that a machine makes',
    })
    .option('quick', {
      type: 'boolean',
      default: false,
      describe:
        'For while one writes: leaves out speed, accuracy and other seeds, all but one mutant for each criterion and one accepted solution, and mistakes in the naive solution',
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
      describe: 'Mutants or checks at a time',
    })
    .option('at-least', { type: 'string', describe: 'Exit with 1 if fewer percent of the mutants are killed' })
    .option('isolation', ISOLATION_OPTION)
    .option('json', { type: 'boolean', default: false, describe: 'Print the reports as JSON only, one a line' })
    .option('out', { alias: 'o', type: 'string', default: 'reports/prove', describe: 'Folder for the reports' })
    .example('$0 prove conv2d-gemm --quick', 'while you write')
    .example('$0 prove', 'everything that must hold of every assignment, for CI')
    .example('$0 prove conv2d-gemm --mutate', 'a sample, in minutes; the same command continues')
    .example('$0 prove --mutate --all --at-least 97', 'every mutant of every assignment, for CI')
    .epilogue(
      'Exit codes: 0 done, 1 something does not hold, below --at-least or an equivalent is refuted, 2 bad usage, 3 the grader failed at a mutant, 130 interrupted',
    );

async function run(root: string, given: ProveArguments): Promise<void> {
  const chosen = chosenOf(given);
  const ids = given.assignment === undefined ? assignmentIds(root) : [given.assignment];
  const signal = interruption();
  for (const assignment of ids.map((id) => findAssignment(root, id))) {
    const options = { ...given, out: join(given.out, assignment.id) };
    try {
      await (given.mutate ? proveMutants : proveWhole)(root, assignment, options, chosen, signal);
    } catch (error) {
      // A Ctrl-C on a terminal ends the programs of the grader as well.
      if (!signal.aborted) throw error;
    }
    if (!signal.aborted) continue;
    const remedy = given.mutate ? '; run the same command again to continue' : '';
    process.stderr.write(`grade: interrupted${remedy}\n`);
    process.exitCode = INTERRUPTED;
    return;
  }
}

/** The parsed options. */
interface Chosen {
  readonly seed: number;
  readonly sample: number | undefined;
  readonly least: number | undefined;
  readonly jobs: number;
}

const ONLY_WITH_MUTATE = ['sample', 'all', 'atLeast'] as const;
const kebab = (name: string): string => name.replace('L', '-l');

/** @throws UsageError if the value of an option is invalid, or options do not fit together */
function chosenOf(given: ProveArguments): Chosen {
  const count = chosenCount('sample', given.sample);
  const only = given.mutate ? undefined : ONLY_WITH_MUTATE.find((name) => given[name]);
  if (only !== undefined) throw new UsageError(`--${kebab(only)} is for --mutate`);
  if (given.mutate && given.quick) throw new UsageError('--quick is not for --mutate; choose --sample');
  if (given.all && count !== undefined) throw new UsageError('--all and --sample exclude each other');
  return {
    seed: chosenSeed(given.seed) ?? DEFAULT_SEED,
    sample: given.all ? undefined : (count ?? DEFAULT_SAMPLE),
    least: chosenPercent('at-least', given.atLeast),
    jobs: chosenCount('jobs', given.jobs) ?? availableParallelism(),
  };
}

async function proveWhole(
  root: string,
  assignment: Assignment,
  given: ProveArguments,
  chosen: Chosen,
  signal: AbortSignal,
): Promise<void> {
  const sandbox = await sandboxFor(root, given.isolation, assignment);
  await proveHonestly(root, assignment, sandbox, { ...given, ...chosen }, signal);
}

async function proveMutants(
  root: string,
  assignment: Assignment,
  given: ProveArguments,
  { seed, sample, least, jobs }: Chosen,
  signal: AbortSignal,
): Promise<void> {
  const { out } = given;
  await requireWritable([join(out, 'proof.json')]);
  const sandbox = await sandboxFor(root, given.isolation, assignment);
  const journal = journalIn(out, root, assignment, seed);
  const progress = showProofProgress(process.stderr);
  const options = { root, assignment, seed, sample, jobs, journal, sandbox, progress, signal };
  const report = await proveByMutation(options).finally(() => progress.stop());
  if (report === undefined) return;
  const files = await saveProof(report, out);
  const style = terminalWidthAndColour(process.stdout);
  process.stdout.write(
    given.json ? `${JSON.stringify(report)}\n` : `${renderProof(report, style)}${savedLines(files, style.width)}\n`,
  );
  judge(report, least);
}

function judge({ totals, refuted }: ProofReport, least: number | undefined): void {
  for (const line of refuted) process.stderr.write(`grade: marked as equivalent, and it is not: ${line}\n`);
  const isBelow = (least !== undefined && totals.score < least) || refuted.length > 0;
  // Of several assignments the worst counts.
  if (isBelow) process.exitCode ??= EXIT.belowFailUnder;
  if (totals.undecided === 0) return;
  process.stderr.write(`grade: the grader failed at ${totals.undecided} of the mutants; the report has the reasons\n`);
  process.exitCode = EXIT.graderFailed;
}
