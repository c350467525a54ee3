import { parseArgs } from 'node:util';
import { EXIT, UsageError } from '../grader/model/errors.ts';
import { benchmarkGrading } from './grading/benchmarkGrading.ts';
import { benchmarkKernels } from './kernels/benchmarkKernels.ts';

const HELP = `bench [kernels]     products, convolutions and training beside other libraries, in one interleaved run
bench grading       whole grading commands: seconds and memory

Options of kernels
  --only PREFIX     only the cases whose name begins so: gemm, conv.S1, epoch
  --quick           fewer repetitions
  --threads N       of each contestant that can have several; 1 when not given
  --out FILE.svg    the drawing; bench/results/kernels.svg when not given
  --json FILE       every sample
  -h, --help

Examples
  npm run bench
  npm run bench -- kernels --only conv.S3 --quick
  npm run bench -- kernels --only conv --threads 2
  npm run bench -- kernels --out kernels.svg --json kernels.json
  npm run bench -- grading

The peers are installed apart: npm install --prefix bench/peers. PyTorch is that of PYTHON (/usr/bin/python3), OpenBLAS
the system's libopenblas.so.0. What is not there is named and left out.
`;

const KERNEL_OPTIONS = {
  only: { type: 'string' },
  quick: { type: 'boolean' },
  threads: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'string' },
} as const;

/** Runs the subcommand that the arguments name. */
async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const { help, ...options } = values;
  const [command = 'kernels', ...more] = positionals;
  if (help) return void process.stdout.write(HELP);
  if (more.length > 0) throw new UsageError(`unexpected ${more[0]}; see --help`);
  if (command === 'kernels') return benchmarkKernels({ ...options, threads: threadsOf(options.threads) });
  if (command !== 'grading') throw new UsageError(`unknown command ${command}; see --help`);
  const [option] = Object.keys(options);
  if (option) throw new UsageError(`--${option} is an option of kernels; see --help`);
  return benchmarkGrading();
}

function threadsOf(given = '1'): number {
  const threads = Number(given);
  if (Number.isInteger(threads) && threads >= 1 && threads <= 64) return threads;
  throw new UsageError(`--threads ${given}: must be an integer from 1 to 64; see --help`);
}

function parse(args: readonly string[]) {
  const options = { ...KERNEL_OPTIONS, help: { type: 'boolean', short: 'h' } } as const;
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
