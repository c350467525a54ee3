import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import {
  gradientCheck,
  type InputSize,
  type NetworkDescription,
  NotImplementedError,
  renderGradientCheck,
  type Team,
} from '@im2grade/nn';
import { GemmChoiceError, runInParallel, TeamSizeError } from '@im2grade/engine/run';
import { createNetwork } from '../src/network.ts';

/** The networks to check. Batch, channels, strides and sides differ, so that nothing is right by chance. */
const NETWORKS: Record<string, NetworkDescription> = {
  lrelu: { layers: [{ type: 'linear', size: 32 }, { type: 'lrelu' }, { type: 'linear', size: 3 }] },
  linear: { layers: [{ type: 'linear', size: 4 }] },
  softmax: { layers: [{ type: 'linear', size: 6 }, { type: 'softmax' }, { type: 'linear', size: 2 }] },
  conv: {
    layers: [
      { type: 'conv', KnY: 3, KnX: 2, KnC: 3, Sy: 2, Sx: 1, Py: 1, Px: 0 },
      { type: 'lrelu' },
      { type: 'conv', KnY: 2, KnX: 3, KnC: 2, Sy: 1, Sx: 2, Py: 0, Px: 1 },
      { type: 'linear', size: 2 },
    ],
  },
};

const INPUT: InputSize = { InY: 7, InX: 6, InC: 2 };
const BATCH = 3;

const USAGE = `Usage: npm run test-grad -- ${Object.keys(NETWORKS).join('|')} [--seed N]

Compares the gradients that back-propagation gives with finite differences: of every parameter and of the input.

Examples:
  npm run test-grad -- conv           your Im2Mat, Mat2Im and Conv2DLayer
  npm run test-grad -- softmax        a layer that is given
  OMP_NUM_THREADS=2 npm run test-grad -- conv        on a team of two (question 2)
Exit codes: 0 passed, 1 failed, 2 bad usage`;

interface Check {
  readonly name: string;
  readonly seed: number;
}

/** What every member of the team does; the first one tells. */
export function checkNetwork(team: Team, { name, seed }: Check): void {
  const log = team.rank === 0 ? console.log : () => {};
  const report = gradientCheck(createNetwork(NETWORKS[name], INPUT, { seed, team, log }), BATCH, seed);
  log(renderGradientCheck(report));
  log(report.passed ? 'Test PASSED!' : 'Test FAILED!');
  if (!report.passed) process.exitCode = 1;
}

/** Checks one network; the exit code tells. */
async function main(): Promise<void> {
  const { name, seed, help } = readArguments();
  if (help) return console.log(USAGE);
  if (!Object.hasOwn(NETWORKS, name)) return refuse(`say which: ${Object.keys(NETWORKS).join(', ')}; see --help`);
  if (!Number.isInteger(seed) || seed < 0) return refuse('--seed must be an integer of at least 0');
  try {
    await runInParallel(checkNetwork, import.meta.url, { name, seed }, process.env);
  } catch (error) {
    if (error instanceof TeamSizeError || error instanceof GemmChoiceError) return refuse(error.message);
    if (!(error instanceof NotImplementedError)) throw error;
    console.error(`test-grad: ${error.message}`);
    process.exitCode = 1;
  }
}

function refuse(message: string): void {
  console.error(`test-grad: ${message}`);
  process.exitCode = 2;
}

function readArguments(): { name: string; seed: number; help: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { seed: { type: 'string', default: '0' }, help: { type: 'boolean', short: 'h', default: false } },
    });
    return { name: positionals[0] ?? '', seed: Number(values.seed), help: values.help };
  } catch (error) {
    console.error(`test-grad: ${(error as Error).message}`);
    process.exit(2);
  }
}

if (isMainThread) await main();
