import { SingleBar } from 'cli-progress';
import { embeddedDigits, loadIdxFolder } from '@im2grade/data';
import { evaluate, type Evaluation, type Team, train, type TrainingPlan } from '@im2grade/nn';
import { runInParallel } from '@im2grade/engine/run';
import { BadUsage, integer, readArguments, runProgram } from '@im2grade/programs';
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
  OMP_NUM_THREADS=2 npm run classify        on a team of two (question 2)
Exit codes: 0 trained, 1 something is not written yet, 2 bad usage or bad data`;

interface Training {
  readonly plan: TrainingPlan;
  readonly digits: ReturnType<typeof embedded>;
}

/** What every member of the team does; rank 0 prints. */
export function trainAndTest(team: Team, { plan, digits }: Training): void {
  const log = team.rank === 0 ? console.log : () => {};
  const network = createNetwork(plan.description, DIGIT, { seed: plan.seed, team, log });
  log(`${network.nParams} parameters, ${digits.train.count} digits to train on, ${digits.test.count} to test on`);
  const bar = team.rank === 0 && process.stderr.isTTY ? batchBar() : undefined;
  train(network, plan, digits.train.images, digits.train.labels, {
    onBatch: (done, of, epoch) => bar?.show(done, of, epoch),
    onEpoch(epoch, training) {
      bar?.hide();
      log(epochLine(epoch, training, evaluate(network, digits.test.images, digits.test.labels)));
    },
  });
}

/** A bar for each epoch's batches. */
function batchBar() {
  const bar = new SingleBar({
    format: 'epoch {epoch} {bar} {value}/{total} batches, {eta_formatted} left',
    clearOnComplete: true,
  });
  let isRunning = false;
  return {
    show(done: number, of: number, epoch: number) {
      if (!isRunning) bar.start(of, 0, { epoch: epoch + 1 });
      isRunning = true;
      bar.update(done, { epoch: epoch + 1 });
    },
    hide() {
      bar.stop();
      isRunning = false;
    },
  };
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values: given } = readArguments({
    options: {
      tuned: { type: 'boolean' },
      epochs: text,
      batch: text,
      seed: text,
      data: text,
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (given.help) return console.log(USAGE);
  const chosen = given.tuned ? tuned() : baseline();
  const plan: TrainingPlan = {
    ...chosen,
    epochs: integer('epochs', given.epochs ?? String(chosen.epochs), 1),
    batchSize: integer('batch', given.batch ?? String(chosen.batchSize), 1),
    seed: integer('seed', given.seed ?? String(chosen.seed), 0),
  };
  const digits = given.data === undefined ? embedded() : loadIdxFolder(given.data);
  if (plan.batchSize > digits.train.count)
    throw new BadUsage(`a batch of ${plan.batchSize} is more than the ${digits.train.count} digits to train on`);
  await runInParallel(trainAndTest, import.meta.url, { plan, digits }, process.env);
}

function embedded() {
  const { train: training, validation } = embeddedDigits();
  return { train: training, test: validation };
}

const epochLine = (epoch: number, training: Evaluation, test: Evaluation): string =>
  `epoch ${epoch + 1}: training set ${numbers(training)}, test set ${numbers(test)}`;

const numbers = ({ crossEntropy, accuracy }: Evaluation): string =>
  `cross-entropy ${crossEntropy.toFixed(4)} accuracy ${accuracy.toFixed(4)}`;

await runProgram('classify', main);
