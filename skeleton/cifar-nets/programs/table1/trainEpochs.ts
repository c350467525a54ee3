import { SingleBar } from 'cli-progress';
import type { ColourImages } from '@im2grade/data';
import { CURVE_NAMES, type Curves } from '@im2grade/formats';
import { evaluate, type Evaluation, type Network, train } from '@im2grade/nn';
import { saveTraining, type TrainingFiles } from './trainingFiles.ts';

type Images = Pick<ColourImages, 'images' | 'labels'>;
type Sets<Each> = Readonly<Record<'train' | 'validation' | 'test', Each>>;

/** One image in ten is kept for validation. */
const VALIDATION = 0.1;

/** The images to learn from, those to choose by, and those to test on. */
export function splitImages(training: ColourImages, test: ColourImages, wanted = training.count): Sets<Images> {
  const learned = Math.round((1 - VALIDATION) * wanted);
  return {
    train: part(training, 0, learned),
    validation: part(training, learned, wanted),
    test: part(test, 0, Math.min(test.count, wanted)),
  };
}

function part({ images, labels, count }: ColourImages, begin: number, end: number): Images {
  const size = images.length / count;
  return { images: images.subarray(begin * size, end * size), labels: labels.subarray(begin, end) };
}

/** How a network is trained: plain stochastic gradient descent, which has nothing to remember from epoch to epoch. */
interface Plan {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly seed: number;
}

interface Progress {
  /** The curves of a training that goes on. */
  readonly begun?: Curves | undefined;
  /** Called with a line for each epoch. */
  readonly print?: (line: string) => void;
}

/** Trains the epochs that are left, and saves after each. */
export function trainEpochs(
  network: Network,
  plan: Plan,
  sets: Sets<Images>,
  files: TrainingFiles,
  { begun, print = () => {} }: Progress = {},
): void {
  let curves: Curves = begun ?? { epochs: [], values: {} };
  for (let epoch = curves.epochs.length + 1; epoch <= plan.epochs; epoch++) {
    const usage = process.cpuUsage();
    const learned = trainOneEpoch(network, plan, sets.train, epoch);
    const { user, system } = process.cpuUsage(usage);
    const [validation, test] = [sets.validation, sets.test].map((set) => evaluate(network, set.images, set.labels));
    const figures = { train: learned, validation, test };
    curves = extended(curves, epoch, figures);
    if (network.team.rank > 0) continue;
    saveTraining(files, network, curves);
    print(
      `epoch ${epoch}/${plan.epochs} (${((user + system) / 1e6).toFixed(0)} s of processor time): ${texts(figures)}`,
    );
  }
}

const texts = (figures: Sets<Evaluation>): string =>
  Object.entries(figures)
    .map(
      ([set, { crossEntropy, accuracy }]) => `${set} loss ${crossEntropy.toFixed(4)} accuracy ${accuracy.toFixed(4)}`,
    )
    .join(', ');

function trainOneEpoch(network: Network, plan: Plan, { images, labels }: Images, epoch: number): Evaluation {
  const { learningRate, batchSize, seed } = plan;
  const optimizer = { type: 'momentum', learningRate, momentum: 0 } as const;
  const bar = network.team.rank === 0 && process.stderr.isTTY ? progressBar(epoch) : undefined;
  const description = { layers: [] };
  const [crossEntropy, accuracy] = train(
    network,
    { description, optimizer, batchSize, epochs: 1, seed: seed + 1000 * epoch },
    images,
    labels,
    {
      onBatch(done, of) {
        if (done === 1) bar?.start(of, 0);
        bar?.update(done);
      },
    },
  );
  bar?.stop();
  return { crossEntropy, accuracy };
}

const progressBar = (epoch: number): SingleBar =>
  new SingleBar({
    format: `epoch ${epoch} {bar} {value}/{total} batches, {eta_formatted} left`,
    clearOnComplete: true,
  });

function extended({ epochs, values }: Curves, epoch: number, figures: Sets<Evaluation>): Curves {
  const measured = (name: (typeof CURVE_NAMES)[number]): number => {
    const [set, measure] = name.split('_') as ['train' | 'validation' | 'test', 'loss' | 'accuracy'];
    return figures[set][measure === 'loss' ? 'crossEntropy' : 'accuracy'];
  };
  return {
    epochs: [...epochs, epoch],
    values: Object.fromEntries(CURVE_NAMES.map((name) => [name, [...(values[name] ?? []), measured(name)]])),
  };
}
