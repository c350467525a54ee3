import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { DataError, embeddedDigits, loadIdxFolder } from '@im2grade/data';
import { evaluate, type Evaluation, NotImplementedError, train, type TrainingPlan } from '@im2grade/nn';
import { baseline, DIGIT } from '../src/baseline.ts';
import { tuned } from '../src/classify.ts';
import { createNetwork } from '../src/network.ts';

const USAGE = `Usage: npm run classify [-- options]

Trains on the digits and shows, after each epoch, how well the network does on digits it does not train on.

  --tuned          your network of question 3 instead of the baseline
  --epochs N       instead of the plan's
  --batch N        images in a batch, instead of the plan's
  --seed N         of the initial parameters and of the order of the images
  --data FOLDER    the four original MNIST files (npm run setup-mnist), instead of the digits shipped here

Examples:
  npm run classify -- --epochs 2
  npm run classify -- --tuned --seed 3
Exit codes: 0 trained, 1 something is not written yet, 2 bad usage or bad data`;

class BadUsage extends Error {}

function readArguments() {
  try {
    const text = { type: 'string' } as const;
    const options = {
      tuned: { type: 'boolean' },
      epochs: text,
      batch: text,
      seed: text,
      data: text,
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    throw new BadUsage((error as Error).message);
  }
}

function integer(name: string, given: string | undefined, otherwise: number, least: number): number {
  const value = given === undefined ? otherwise : Number(given);
  if (!Number.isInteger(value) || value < least)
    throw new BadUsage(`--${name} ${given}: must be an integer of at least ${least}`);
  return value;
}

function main(): void {
  const given = readArguments();
  if (given.help) return console.log(USAGE);
  const chosen = given.tuned ? tuned() : baseline();
  const plan: TrainingPlan = {
    ...chosen,
    epochs: integer('epochs', given.epochs, chosen.epochs, 1),
    batchSize: integer('batch', given.batch, chosen.batchSize, 1),
    seed: integer('seed', given.seed, chosen.seed, 0),
  };
  const digits = given.data === undefined ? embedded() : loadIdxFolder(given.data);
  if (plan.batchSize > digits.train.count)
    throw new BadUsage(`a batch of ${plan.batchSize} is more than the ${digits.train.count} digits to train on`);
  const network = createNetwork(plan.description, DIGIT, { seed: plan.seed, log: console.log });
  console.log(
    `${network.nParams} parameters, ${digits.train.count} digits to train on, ${digits.test.count} to test on`,
  );
  const bar = new SingleBar({
    format: 'epoch {epoch} {bar} {value}/{total} batches, {eta_formatted} left',
    clearOnComplete: true,
  });
  let isRunning = false;
  train(network, plan, digits.train.images, digits.train.labels, {
    onBatch(done, of, epoch) {
      if (process.stderr.isTTY && !isRunning) {
        bar.start(of, 0, { epoch: epoch + 1 });
        isRunning = true;
      }
      bar.update(done, { epoch: epoch + 1 });
    },
    onEpoch(epoch, training) {
      bar.stop();
      isRunning = false;
      console.log(epochLine(epoch, training, evaluate(network, digits.test.images, digits.test.labels)));
    },
  });
}

function embedded() {
  const { train: training, validation } = embeddedDigits();
  return { train: training, test: validation };
}

const epochLine = (epoch: number, training: Evaluation, test: Evaluation): string =>
  `epoch ${epoch + 1}: training set ${numbers(training)}, test set ${numbers(test)}`;

const numbers = ({ crossEntropy, accuracy }: Evaluation): string =>
  `cross-entropy ${crossEntropy.toFixed(4)} accuracy ${accuracy.toFixed(4)}`;

try {
  main();
} catch (error) {
  const isTheirs = error instanceof BadUsage || error instanceof DataError;
  if (!isTheirs && !(error instanceof NotImplementedError)) throw error;
  console.error(`classify: ${error.message}`);
  process.exitCode = isTheirs ? 2 : 1;
}
