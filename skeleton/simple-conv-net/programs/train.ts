import { embeddedDigits, loadIdxFolder } from '@im2grade/data';
import type { Team } from '@im2grade/nn';
import { runInParallel } from '@im2grade/engine/run';
import {
  BadUsage,
  integer,
  loadCheckpoint,
  number,
  readArguments,
  runProgram,
  saveCheckpoint,
} from '@im2grade/programs';
import { layers, type Variant, VARIANTS } from '../src/layers.ts';
import { initialParameters, NAMES, type Parameters } from '../src/parameters.ts';
import { evaluate, type Images, PLAN, train, type TrainingPlan } from '../src/training.ts';

const USAGE = `Usage: npm run train -- scalar|vector [options]

Trains SimpleConvNet with your layers in one of the two forms, and prints how long a batch and an epoch take.

  --epochs N          ${PLAN.epochs} without it
  --batch N           images in a batch; ${PLAN.batchSize} without it
  --lr X              learning rate; ${PLAN.learningRate} without it
  --momentum X        ${PLAN.momentum} without it
  --seed N            of the first parameters and of the order of the images; ${PLAN.seed} without it
  --log-interval N    batches between two lines; 10 without it
  --digits N          train and test on the first N digits only
  --data FOLDER       the four original MNIST files (npm run setup-mnist), instead of the digits shipped here
  --save FILE         write the parameters there after each epoch (.safetensors)
  --load FILE         begin with parameters that were saved

Examples:
  npm run train -- vector --epochs 5 --save net.safetensors
  npm run train -- scalar --epochs 1 --digits 640
Exit codes: 0 trained, 1 something is not written yet, 2 bad usage or bad data`;

function readOptions() {
  const text = { type: 'string' } as const;
  const given = (value: number) => ({ type: 'string', default: String(value) }) as const;
  return readArguments({
    allowPositionals: true,
    options: {
      epochs: given(PLAN.epochs),
      batch: given(PLAN.batchSize),
      lr: given(PLAN.learningRate),
      momentum: given(PLAN.momentum),
      seed: given(PLAN.seed),
      'log-interval': given(10),
      digits: text,
      data: text,
      save: text,
      load: text,
      help: { type: 'boolean', short: 'h' },
    },
  });
}

interface Training {
  readonly variant: Variant;
  readonly plan: TrainingPlan;
  readonly digits: { readonly train: Images; readonly test: Images };
  readonly logInterval: number;
  readonly save: string | undefined;
  readonly load: string | undefined;
}

/** Trains, and prints a line every few batches and after every epoch. */
export function trainAndPrint(_team: Team, { variant, plan, digits, logInterval, save, load }: Training): void {
  const parameters = initialParameters(plan.seed, Float32Array);
  if (load !== undefined) loadCheckpoint(load, originalNames(parameters), 'SimpleConvNet');
  const count = digits.train.labels.length;
  console.log(`${variant} form, ${count} digits to train on, ${digits.test.labels.length} to test on`);
  const [batchClock, epochClock] = [stopwatch(), stopwatch()];
  train(layers[variant], parameters, digits.train, plan, {
    onBatch({ epoch, done, of, loss }) {
      if (done % logInterval !== 0 && done !== of) return;
      const batches = done % logInterval || logInterval;
      const [seen, each] = [Math.min(count, done * plan.batchSize), (1000 * batchClock.lap()) / batches];
      console.log(
        `epoch ${epoch + 1} [${String(seen).padStart(5)}/${count}] loss ${loss.toFixed(4)}, ${each.toFixed(1)} ms a batch`,
      );
    },
    onEpoch(epoch, learned) {
      const seconds = epochClock.lap();
      const test = evaluate(layers[variant], parameters, digits.test);
      console.log(
        `epoch ${epoch + 1}: ${seconds.toFixed(1)} s, training loss ${learned.loss.toFixed(4)} accuracy ${learned.accuracy.toFixed(4)}, ` +
          `test loss ${test.loss.toFixed(4)} accuracy ${test.accuracy.toFixed(4)}`,
      );
      if (save !== undefined) saveCheckpoint(save, originalNames(parameters));
      batchClock.lap();
      epochClock.lap();
    },
  });
}

/** The parameters by the names that they have in the original: `conv_layer.weight`, `fc1_layer.bias`. */
const originalNames = (parameters: Parameters) =>
  Object.fromEntries(
    NAMES.map((name) => [name.replace(/(Weight|Bias)$/, (kind) => `_layer.${kind.toLowerCase()}`), parameters[name]]),
  );

/** Seconds since the last lap. */
function stopwatch(): { lap(): number } {
  let last = performance.now();
  return {
    lap() {
      const seconds = (performance.now() - last) / 1000;
      last = performance.now();
      return seconds;
    },
  };
}

function digitsOf(folder: string | undefined, wanted: string | undefined): Training['digits'] {
  const embedded = () => {
    const { train: training, validation } = embeddedDigits();
    return { train: training, test: validation };
  };
  const { train: training, test } = folder === undefined ? embedded() : loadIdxFolder(folder);
  const count = wanted === undefined ? training.count : integer('digits', wanted, 1);
  if (count > training.count) throw new BadUsage(`--digits ${count}: there are ${training.count}`);
  return { train: firstOf(training, count), test: wanted === undefined ? test : firstOf(test, count) };
}

function firstOf({ images, labels }: Images, count: number): Images {
  const size = images.length / labels.length;
  return { images: images.subarray(0, count * size), labels: labels.subarray(0, count) };
}

async function main(): Promise<void> {
  const { values: given, positionals } = readOptions();
  if (given.help) return console.log(USAGE);
  const [variant] = VARIANTS.filter((name) => name === positionals[0]);
  if (variant === undefined || positionals.length > 1)
    throw new BadUsage('say which form: scalar or vector; see --help');
  const plan: TrainingPlan = {
    epochs: integer('epochs', given.epochs, 1),
    batchSize: integer('batch', given.batch, 1),
    learningRate: number('lr', given.lr, 0, Infinity),
    momentum: number('momentum', given.momentum, 0, 1),
    seed: integer('seed', given.seed, 0),
  };
  const logInterval = integer('log-interval', given['log-interval'], 1);
  const digits = digitsOf(given.data, given.digits);
  const training: Training = { variant, plan, digits, logInterval, save: given.save, load: given.load };
  // Your layers are not written for a team: OMP_NUM_THREADS is ignored.
  await runInParallel(trainAndPrint, import.meta.url, training, { IM2GRADE_GEMM: process.env['IM2GRADE_GEMM'] });
}

await runProgram('train', main);
