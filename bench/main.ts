import { parseArgs } from 'node:util';
import { EXIT, UsageError } from '../grader/model/errors.ts';
import { benchmarkDesk } from './desk/benchmarkDesk.ts';
import { benchmarkEngine } from './engine/benchmarkEngine.ts';
import { benchmarkFairness } from './fairness/benchmarkFairness.ts';
import { benchmarkGradebook } from './gradebook/benchmarkGradebook.ts';
import { benchmarkGrading } from './grading/benchmarkGrading.ts';
import { profileGrading } from './grading/profileGrading.ts';
import { benchmarkKernels } from './kernels/benchmarkKernels.ts';
import { benchmarkSimilarity } from './similarity/benchmarkSimilarity.ts';

const HELP = `bench [kernels]     products, convolutions and training compared with other libraries, in one interleaved run
bench grading       whole grading commands, of one submission and of a class: seconds, processor time, memory; with --profile, how
                    a grading's seconds are spent
bench gradebook     a course of 100,000 students, and a class of 500 whose gradings are known
bench desk          the desk of a class of 500 and of one of 2000: processor time, memory and the sizes of pages
bench similarity    the comparison of a class of 500: processor time and memory
bench engine        the queue alone, on a Redis server of its own: gradings a second while workers and a collector are killed,
                    workers of a fixed share of a core together, cost beside a pool
bench fairness      the speed score of one submission, repeatedly, alone and with the other cores busy

Options of kernels
  --only PREFIX     only the cases whose name begins with it: gemm, conv.S1, epoch
  --quick           fewer repetitions
  --threads N       of each candidate that can use several; default 1
  --out FILE.svg    the chart; default bench/results/kernels.svg
  --json FILE       every sample

Options of grading
  --class N         submissions of the class; default 20
  --profile         the seconds of each criterion: process starts, warm-up, turns, transfer, judging

Options of fairness
  --runs N          gradings in each condition; default 20
  --without-team    not the speed-up of a team, which takes most of the time and is not part of the total

Options of engine
  --jobs N          no-op gradings through the queue; default 100000

  -h, --help

Examples
  npm run bench
  npm run bench -- kernels --only conv.S3 --quick
  npm run bench -- kernels --only conv --threads 2
  npm run bench -- kernels --out kernels.svg --json kernels.json
  npm run bench -- grading
  npm run bench -- grading --class 200
  npm run bench -- grading --profile
  npm run bench -- gradebook
  npm run bench -- desk
  npm run bench -- similarity
  npm run bench -- fairness --runs 5 --without-team
  npm run bench -- engine

The peers are installed separately: npm install --prefix bench/peers. PyTorch is that of PYTHON (/usr/bin/python3), OpenBLAS
the system's libopenblas.so.0. Missing candidates are listed and left out.
`;

const KERNEL_OPTIONS = {
  only: { type: 'string' },
  quick: { type: 'boolean' },
  threads: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'string' },
} as const;

const GRADING_OPTIONS = { profile: { type: 'boolean' }, class: { type: 'string' } } as const;
const FAIRNESS_OPTIONS = { runs: { type: 'string' }, 'without-team': { type: 'boolean' } } as const;
const ENGINE_OPTIONS = { jobs: { type: 'string' } } as const;

/** Runs the subcommand that the arguments name. */
async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const { help, ...options } = values;
  const [command = 'kernels', ...more] = positionals;
  if (help) return void process.stdout.write(HELP);
  if (more.length > 0) throw new UsageError(`unexpected ${more[0]}; see --help`);
  const allowed = OPTIONS_OF[command];
  if (!allowed) throw new UsageError(`unknown command ${command}; see --help`);
  const wrong = Object.keys(options).find((option) => !allowed.includes(option));
  if (wrong) throw new UsageError(`--${wrong} is not an option of ${command}; see --help`);
  const { threads, runs, 'without-team': isWithoutTeam = false, profile, class: size, jobs, ...kernels } = options;
  if (command === 'grading') return profile ? profileGrading() : benchmarkGrading(integer('class', size, 20, 1000));
  if (command === 'gradebook') return benchmarkGradebook();
  if (command === 'desk') return benchmarkDesk();
  if (command === 'similarity') return benchmarkSimilarity();
  if (command === 'fairness') return benchmarkFairness(integer('runs', runs, 20, 1000), !isWithoutTeam);
  if (command === 'engine') return benchmarkEngine(integer('jobs', jobs, 100_000, 10_000_000));
  return benchmarkKernels({ ...kernels, threads: integer('threads', threads, 1, 64) });
}

const OPTIONS_OF: Record<string, readonly string[]> = {
  kernels: Object.keys(KERNEL_OPTIONS),
  grading: Object.keys(GRADING_OPTIONS),
  gradebook: [],
  desk: [],
  similarity: [],
  fairness: Object.keys(FAIRNESS_OPTIONS),
  engine: Object.keys(ENGINE_OPTIONS),
};

function integer(name: string, given: string | undefined, otherwise: number, most: number): number {
  const value = given === undefined ? otherwise : Number(given);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new UsageError(`--${name} ${given}: must be an integer from 1 to ${most}; see --help`);
}

function parse(args: readonly string[]) {
  const options = {
    ...KERNEL_OPTIONS,
    ...GRADING_OPTIONS,
    ...FAIRNESS_OPTIONS,
    ...ENGINE_OPTIONS,
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}; see --help`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`bench: ${isUsage ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = isUsage ? EXIT.ungradable : EXIT.graderFailed;
}
