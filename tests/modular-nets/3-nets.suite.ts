import type { NetworkDescription } from '@im2grade/layers';
import { createRandom } from '@im2grade/nn';
import { checkGradient, credit, criterion, type CriterionContext, CriterionFailure, type Subject } from '@im2grade/kit';
import { calls, type TrainingRun } from './calls.ts';
import { meanCost } from './meanCost.ts';
import { convolution, fullyConnected, pooling, small } from './networks.ts';
import { expectTorch } from './torch.ts';

const LAYERS = small(fullyConnected('fc_1', 5), fullyConnected('fc_2', 4), fullyConnected('output', 3));
const convnet = (method: 1 | 2) =>
  small(
    convolution('conv_1', 3, method),
    pooling('maxpool_1'),
    convolution('conv_2', 2, method, { kernel_size: 2, padding: 1 }),
    fullyConnected('output', 3),
  );

criterion('nets.gradient', async ({ submission, reference, seed }) => {
  const check = (name: string, model: NetworkDescription) =>
    checkGradient(meanCost(submission, name, model, seed), meanCost(reference, name, model, seed), seed);
  const layers = await check('fully connected layers', LAYERS);
  const convolutions = await check('convolutions by Method 2', convnet(2));
  await expectTorch(submission);
  return credit(1, '', [layers, convolutions]);
});

/** The last batch of each epoch is a smaller one. */
const RUN = { max_epochs: 3, batch_size: 8 };
const [IMAGES, PIXELS, CLASSES] = [20, 2 * 6 * 4, 3];
/** Rounding of a few dozen steps, relative to a cost or a parameter of about one; a wrong step is larger by far. */
const ROUNDING = 1e-9;

function dataOf(seed: number) {
  const random = createRandom(seed);
  return {
    images: Float64Array.from({ length: IMAGES * PIXELS }, () => random.normal()),
    labels: Uint8Array.from({ length: IMAGES }, (_, i) => i % CLASSES),
  };
}

async function trained(implementation: Subject, run: TrainingRun) {
  const { images, labels } = dataOf(run.seed);
  const { outputs } = await implementation.call(calls.train(run, images, labels));
  return { parameters: outputs[0], losses: outputs[1] };
}

type Trained = Awaited<ReturnType<typeof trained>>;

/** Two runs that must coincide: the same cost at each step, and the same parameters in the end. */
function expectSameRun(what: string, got: Trained, expected: Trained): void {
  const steps = Math.ceil(IMAGES / RUN.batch_size);
  const step = firstDifference(got.losses, expected.losses);
  if (step >= 0)
    throw new CriterionFailure(
      `${what}: they diverge in epoch ${Math.floor(step / steps)}, batch ${step % steps}: mean cross-entropy ${got.losses[step]} instead of ${expected.losses[step]}`,
    );
  const at = firstDifference(got.parameters, expected.parameters);
  if (at >= 0)
    throw new CriterionFailure(
      `${what}: parameter ${at} is ${got.parameters[at]} instead of ${expected.parameters[at]} at the end`,
    );
}

const firstDifference = (got: Trained['losses'], expected: Trained['losses']): number =>
  expected.findIndex((value, i) => !(Math.abs(value - got[i]) <= ROUNDING * Math.max(1, Math.abs(value))));

const sameTraining = async ({ submission, reference, seed }: CriterionContext): Promise<void> => {
  const run = (model: TrainingRun['model']): TrainingRun => ({ ...RUN, model, seed });
  expectSameRun(
    'a convolutional net by Method 2, and the same net by Method 1',
    await trained(submission, run(convnet(2))),
    await trained(submission, run(convnet(1))),
  );
  expectSameRun(
    'a fully connected net, and the reference’s run of it',
    await trained(submission, run(LAYERS)),
    await trained(reference, run(LAYERS)),
  );
};

criterion('nets.training', sameTraining, { seeded: true });
