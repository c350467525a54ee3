import { parseArgs } from 'node:util';
import {
  gradientCheck,
  type NetworkDescription,
  NotImplementedError,
  renderGradientCheck,
  type InputSize,
} from '@im2grade/nn';
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
Exit codes: 0 passed, 1 failed, 2 bad usage`;

/** Checks one network; returns the exit code. */
function main(): number {
  const { name, seed, help } = readArguments();
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const description = NETWORKS[name];
  if (!description) {
    console.error(`test-grad: say which: ${Object.keys(NETWORKS).join(', ')}; see --help`);
    return 2;
  }
  if (!Number.isInteger(seed) || seed < 0) {
    console.error('test-grad: --seed must be an integer of at least 0');
    return 2;
  }
  try {
    const report = gradientCheck(createNetwork(description, INPUT, { seed, log: console.log }), BATCH, seed);
    console.log(renderGradientCheck(report));
    console.log(report.passed ? 'Test PASSED!' : 'Test FAILED!');
    return report.passed ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NotImplementedError)) throw error;
    console.error(`test-grad: ${error.message}`);
    return 1;
  }
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

process.exitCode = main();
