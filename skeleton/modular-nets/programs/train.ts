import { SingleBar } from 'cli-progress';
import { evaluate, type Evaluation, trainEpoch } from '@im2grade/layers';
import { createRandom, type Team } from '@im2grade/nn';
import { runInParallel } from '@im2grade/engine/run';
import { BadUsage, integer, readArguments, runProgram, saveCheckpoint, writeWhole } from '@im2grade/programs';
import { tensor } from '@im2grade/tensor';
import { activationPage } from './activationPage.ts';
import { namedModel, openModel, type OpenModel } from './openModel.ts';
import { type EpochFigures, loadState, saveState } from './trainingState.ts';

const USAGE = `Usage: npm run train -- MODEL.yaml [options]

Trains a model with your layers. After each epoch it prints cross-entropy and accuracy on the training set (before each step)
and on the validation set, and keeps the parameters that did best on the latter in the model's checkpoint_file. With
display: true it also writes, next to that file, a page with a random example and the activations of all layers.
If it is stopped, for example by Ctrl-C, the same command resumes after the last whole epoch.

  --restart      start over, even if there is something to resume
  --digits N     train on the first N digits only

Examples:
  npm run train -- models/logreg.yaml
  npm run train -- models/convnet1_method2.yaml --restart
Exit codes: 0 trained, 1 something is not written yet, 2 bad usage, a bad model or bad data`;

interface Training extends OpenModel {
  readonly file: string;
  readonly restart: boolean;
}

/** Trains, prints and saves. */
export function trainAndPrint(_team: Team, training: Training): void {
  const { model, digits, net, restart } = training;
  const epochs = restart ? [] : loadState(training);
  console.log(
    `digits: ${digits.name}, ${digits.train.count} to train on, ${digits.validation.count} to validate on; ${net.FlatParameters().length} parameters`,
  );
  if (epochs.length > 0) console.log(`resuming after epoch ${epochs.length}`);
  const startedAt = performance.now();
  const begun = epochs.length;
  while (epochs.length < model.max_epochs) {
    epochs.push(oneEpoch(training, epochs.length));
    keep(training, epochs);
    const seconds = (performance.now() - startedAt) / 1000 / (epochs.length - begun);
    console.log(epochLine(epochs, model.max_epochs, seconds));
  }
  const best = bestOf(epochs);
  console.log(
    `best on the validation set: epoch ${best + 1}, ${figures(epochs[best].validation)}; ${model.checkpoint_file}`,
  );
}

function oneEpoch(training: Training, epoch: number): EpochFigures {
  const { model, digits, net } = training;
  const bar = process.stderr.isTTY
    ? new SingleBar({
        format: 'epoch {epoch} {bar} {value}/{total} batches, {eta_formatted} left',
        clearOnComplete: true,
      })
    : undefined;
  let [loss, correct] = [0, 0];
  for (const step of trainEpoch(net, digits.train, model.batch_size, epoch)) {
    if (step.done === 1) bar?.start(step.of, 0, { epoch: epoch + 1 });
    bar?.update(step.done);
    loss += step.loss;
    correct += step.correct;
    if (model.display && (step.done % model.display_after === 0 || step.done === step.of))
      display(training, epoch, step.done);
  }
  bar?.stop();
  const { count } = digits.train;
  return {
    train: { crossEntropy: loss / count, accuracy: correct / count },
    validation: evaluate(net, digits.validation),
  };
}

/** The best epoch so far: by accuracy on the validation set, by cross-entropy if that is equal. */
function bestOf(epochs: readonly EpochFigures[]): number {
  const isBetter = (a: Evaluation, b: Evaluation) =>
    a.accuracy > b.accuracy || (a.accuracy === b.accuracy && a.crossEntropy < b.crossEntropy);
  return epochs.reduce((best, { validation }, i) => (isBetter(validation, epochs[best].validation) ? i : best), 0);
}

/** Saves an epoch: the checkpoint first, so that resuming never loses the best one. */
function keep(training: Training, epochs: readonly EpochFigures[]): void {
  const { model, net, digits, file } = training;
  if (bestOf(epochs) === epochs.length - 1) {
    const { crossEntropy, accuracy } = epochs[epochs.length - 1].validation;
    saveCheckpoint(model.checkpoint_file, net.Parameters(), {
      model: file,
      digits: digits.name,
      epoch: String(epochs.length),
      validation_cross_entropy: String(crossEntropy),
      validation_accuracy: String(accuracy),
    });
  }
  const rows = epochs.map(({ train, validation }) =>
    [train.crossEntropy, train.accuracy, validation.crossEntropy, validation.accuracy].join(','),
  );
  writeWhole(
    model.performance_stats,
    `train_cross_entropy,train_accuracy,validation_cross_entropy,validation_accuracy\n${rows.join('\n')}\n`,
  );
  saveState(training, epochs);
}

function display({ model, digits, net, file }: Training, epoch: number, batch: number): void {
  const { train } = digits;
  const chosen = createRandom(1_000_003 * epoch + batch).integer(train.count);
  const pixels = train.images.length / train.count;
  const image = Float64Array.from(train.images.subarray(chosen * pixels, (chosen + 1) * pixels));
  const page = activationPage(net, {
    digits: digits.name,
    model: file,
    image: tensor(net.layers[0].shapeOfImages(1), image),
    label: train.labels[chosen],
    when: `epoch ${epoch + 1}, batch ${batch}`,
  });
  writeWhole(model.checkpoint_file.replace(/\.safetensors$/, '.html'), page);
}

const figures = ({ crossEntropy, accuracy }: Evaluation): string =>
  `cross-entropy ${crossEntropy.toFixed(4)} accuracy ${accuracy.toFixed(4)}`;

function epochLine(epochs: readonly EpochFigures[], of: number, seconds: number): string {
  const { train, validation } = epochs[epochs.length - 1];
  const left = Math.round(seconds * (of - epochs.length));
  const time = left === 0 ? '' : `, ${left < 120 ? `${left} s` : `${Math.round(left / 60)} min`} left`;
  return `epoch ${String(epochs.length).padStart(2)}/${of}: train ${figures(train)}, validation ${figures(validation)}${time}`;
}

await runProgram('train', async () => {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      restart: { type: 'boolean', default: false },
      digits: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(USAGE);
  const file = namedModel(positionals);
  const opened = await openModel(file);
  const digits =
    values.digits === undefined ? opened.digits : firstOf(opened.digits, integer('digits', values.digits, 1));
  const training: Training = { ...opened, digits, file, restart: values.restart };
  await runInParallel(trainAndPrint, import.meta.url, training, { IM2GRADE_GEMM: process.env['IM2GRADE_GEMM'] });
});

function firstOf(digits: OpenModel['digits'], count: number): OpenModel['digits'] {
  const { images, labels, count: all } = digits.train;
  if (count > all) throw new BadUsage(`--digits ${count}: there are ${all}`);
  const train = { images: images.subarray(0, (count * images.length) / all), labels: labels.subarray(0, count), count };
  return { ...digits, train };
}
