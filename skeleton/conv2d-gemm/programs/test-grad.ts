import { gradientCheck, type InputSize, type NetworkDescription, renderGradientCheck, type Team } from '@im2grade/nn';
import { runInParallel } from '@im2grade/engine/run';
import { BadUsage, integer, readArguments, runProgram } from '@im2grade/programs';
import { createNetwork } from '../src/network.ts';

/** The networks to check. Batch, channels, strides and sides differ, so that nothing is right by accident. */
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

/** What every member of the team does; rank 0 prints. */
export function checkNetwork(team: Team, { name, seed }: Check): void {
  const log = team.rank === 0 ? console.log : () => {};
  const report = gradientCheck(createNetwork(NETWORKS[name], INPUT, { seed, team, log }), BATCH, seed);
  log(renderGradientCheck(report));
  log(report.passed ? 'Test PASSED!' : 'Test FAILED!');
  if (!report.passed) process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values: given, positionals } = readArguments({
    allowPositionals: true,
    options: { seed: { type: 'string', default: '0' }, help: { type: 'boolean', short: 'h' } },
  });
  if (given.help) return console.log(USAGE);
  const name = positionals[0] ?? '';
  if (!Object.hasOwn(NETWORKS, name)) throw new BadUsage(`say which: ${Object.keys(NETWORKS).join(', ')}; see --help`);
  const check: Check = { name, seed: integer('seed', given.seed, 0) };
  await runInParallel(checkNetwork, import.meta.url, check, process.env);
}

await runProgram('test-grad', main);
