import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DataError, embeddedDigits, loadIdxFolder } from '@im2grade/data';
import type { Team } from '@im2grade/nn';
import { runInParallel } from '@im2grade/engine/run';
import { initialParameters } from '@im2grade/simple-conv-net/src/parameters.ts';
import { evaluate, type Images, PLAN, train } from '@im2grade/simple-conv-net/src/training.ts';
import * as z from 'zod';
import { referenceLayers } from './referenceLayers.ts';

const FULL = 'data/idx';

const USAGE = `Usage: npm run train -- simple-conv-net [options]

Trains the reference of simple-conv-net in vector form and tests it after each epoch: on the full MNIST if
\`npm run setup-mnist\` has fetched it, otherwise on the embedded 10,000 digits, with PyTorch’s results on these.

  --epochs N       default 20
  --seed N         of the first parameters and of the order of the images; default 1
  --embedded       the embedded digits, even if MNIST has been fetched

Exit codes: 0 trained, 2 bad usage or bad data`;

/** PyTorch's figures on the embedded digits, with the same network, plan and split. */
const Torch = z.object({
  source: z.string(),
  runs: z.array(
    z.object({ seed: z.number(), accuracy: z.record(z.string(), z.number()), secondsPerEpoch: z.number() }),
  ),
});

interface Data {
  readonly name: string;
  readonly train: Images;
  readonly test: Images;
  /** PyTorch's accuracies after an epoch, if there are any for these digits. */
  readonly torch: (epoch: number) => readonly number[];
}

function embedded(): Data {
  const { train: training, hiddenTest } = embeddedDigits();
  const path = new URL('golden/training-torch.json', import.meta.url);
  const { runs } = Torch.parse(JSON.parse(readFileSync(path, 'utf8')));
  return {
    name: 'the embedded digits',
    train: training,
    test: hiddenTest,
    torch: (epoch) => runs.flatMap(({ accuracy }) => accuracy[epoch] ?? []),
  };
}

const full = (): Data => ({ name: 'the full MNIST', ...loadIdxFolder(FULL), torch: () => [] });

/** The one member of the team trains and prints its progress. */
export function trainAndPrint(_team: Team, { epochs, seed, data }: { epochs: number; seed: number; data: Data }): void {
  const layers = referenceLayers.vector;
  const parameters = initialParameters(seed, Float32Array);
  console.log(`${data.name}: ${data.train.labels.length} training, ${data.test.labels.length} test images`);
  let startedAt = performance.now();
  train(
    layers,
    parameters,
    data.train,
    { ...PLAN, epochs, seed },
    {
      onEpoch(epoch, { loss }) {
        const seconds = (performance.now() - startedAt) / 1000;
        const { accuracy } = evaluate(layers, parameters, data.test);
        const torch = data.torch(epoch + 1);
        const comparison = torch.length > 0 ? `   PyTorch ${torch.map(percent).join(', ')}` : '';
        console.log(
          `epoch ${String(epoch + 1).padStart(2)}: loss ${loss.toFixed(4)}, test accuracy ${percent(accuracy)}, ${seconds.toFixed(1)} s${comparison}`,
        );
        startedAt = performance.now();
      },
    },
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

class BadUsage extends Error {}

function integer(name: string, given: string, least: number): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < least)
    throw new BadUsage(`--${name} ${given}: must be an integer of at least ${least}`);
  return value;
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        epochs: { type: 'string', default: String(PLAN.epochs) },
        seed: { type: 'string', default: String(PLAN.seed) },
        embedded: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new BadUsage((error as Error).message);
  }
}

async function main(): Promise<void> {
  const given = readArguments();
  if (given.help) return console.log(USAGE);
  const data = !given.embedded && existsSync(FULL) ? full() : embedded();
  const [epochs, seed] = [integer('epochs', given.epochs, 1), integer('seed', given.seed, 0)];
  // The layers are not written for a team: one thread, regardless of OMP_NUM_THREADS.
  const environment = { IM2GRADE_GEMM: process.env['IM2GRADE_GEMM'] };
  await runInParallel(trainAndPrint, import.meta.url, { epochs, seed, data }, environment);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof BadUsage || error instanceof DataError)) throw error;
  console.error(`train simple-conv-net: ${error.message}`);
  process.exitCode = 2;
}
