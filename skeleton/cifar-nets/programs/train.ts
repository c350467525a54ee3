import { cifarFolder, loadCifar } from '@im2grade/data';
import { runInParallel } from '@im2grade/engine/run';
import type { Team } from '@im2grade/nn';
import { BadUsage, integer, number, readArguments, runProgram } from '@im2grade/programs';
import { ARCHITECTURE } from './table1/architecture.ts';
import { createTable1, NORMALISATION } from './table1/createTable1.ts';
import { isBegun, loadTraining, type TrainingFiles } from './table1/trainingFiles.ts';
import { splitImages, trainEpochs } from './table1/trainEpochs.ts';

const USAGE = `Usage: npm run train [-- options]

Trains the network of Table 1 in TypeScript, by stochastic gradient descent. After each epoch it prints loss and accuracy on the
training, the validation and the test images, and saves the model and the curves as they are handed in. If it is stopped, for
example by Ctrl-C, the same command resumes after the last whole epoch. PyTorch takes about half the time.

  --epochs N       10 without it
  --batch N        images in a batch; 64 without it
  --lr X           learning rate; 0.05 without it
  --seed N         of the first parameters and of the order of the images; 1 without it
  --images N       train on the first N images only
  --data FOLDER    the six .bin files of CIFAR-10; without it those that npm run setup-cifar has fetched
  --model FILE     models/lenet.safetensors without it
  --curves FILE    curves/lenet.csv without it
  --restart        start over, even if there is something to resume

Examples:
  npm run train
  OMP_NUM_THREADS=2 npm run train -- --epochs 6 --lr 0.02 --restart
  npm run train -- --images 2000 --epochs 1 --model /tmp/try.safetensors --curves /tmp/try.csv
Exit codes: 0 trained, 2 bad usage or bad data`;

function readOptions() {
  const given = (value: string) => ({ type: 'string', default: value }) as const;
  return readArguments({
    options: {
      epochs: given('10'),
      batch: given('64'),
      lr: given('0.05'),
      seed: given('1'),
      images: { type: 'string' },
      data: { type: 'string' },
      model: given('models/lenet.safetensors'),
      curves: given('curves/lenet.csv'),
      restart: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

interface Training {
  readonly plan: {
    readonly epochs: number;
    readonly batchSize: number;
    readonly learningRate: number;
    readonly seed: number;
  };
  readonly images: number | undefined;
  readonly folder: string;
  readonly files: TrainingFiles;
  readonly restart: boolean;
}

/** Trains, prints and saves; every member of the team reads the images. */
export function trainTable1(team: Team, { plan, images, folder, files, restart }: Training): void {
  const { train, test } = loadCifar(folder);
  if (images !== undefined && images > train.count) throw new BadUsage(`--images ${images}: there are ${train.count}`);
  if (images !== undefined && images < 2 * plan.batchSize)
    throw new BadUsage(`--images ${images}: fewer than two batches of ${plan.batchSize}`);
  const network = createTable1(plan.seed, team);
  const curves = restart || !isBegun(files) ? undefined : loadTraining(files, network);
  const sets = splitImages(train, test, images);
  if (team.rank === 0)
    console.log(
      `${sets.train.labels.length} images to train on, ${sets.validation.labels.length} to validate on; ${network.nParams} parameters` +
        (curves ? `; resuming after epoch ${curves.epochs.length}` : ''),
    );
  trainEpochs(network, plan, sets, files, { begun: curves, print: console.log });
  if (team.rank === 0) console.log(declaration(files));
}

/** What `answers.yaml` must say for the model to be read. */
function declaration({ model }: TrainingFiles): string {
  const { mean, deviation } = NORMALISATION;
  const three = (value: number) => `[${[value, value, value].join(', ')}]`;
  const layers = ARCHITECTURE.layers.map((layer) => `    - ${JSON.stringify(layer)}`);
  return [
    `Saved ${model}. Declare it in answers.yaml:`,
    `  lenet:\n    mean: ${three(mean)}\n    deviation: ${three(deviation)}\n    layers:`,
    ...layers,
  ].join('\n');
}

await runProgram('train', async () => {
  const { values: given } = readOptions();
  if (given.help) return console.log(USAGE);
  const training: Training = {
    plan: {
      epochs: integer('epochs', given.epochs, 1),
      batchSize: integer('batch', given.batch, 1),
      learningRate: number('lr', given.lr, 0, Infinity),
      seed: integer('seed', given.seed, 0),
    },
    images: given.images === undefined ? undefined : integer('images', given.images, 1),
    folder: given.data ?? cifarFolder(),
    files: { model: given.model, curves: given.curves },
    restart: given.restart,
  };
  await runInParallel(trainTable1, import.meta.url, training, process.env);
});
