import type { NetworkDescription } from '@im2grade/layers';
import { createRandom } from '@im2grade/nn';
import { checkGradient, credit, criterion, type CriterionContext, CriterionFailure, type Subject } from '@im2grade/kit';
import { calls, type TrainingRun } from './calls.ts';
import { BATCH, joined, meanCost } from './meanCost.ts';
import { convolution, fullyConnected, pooling, small } from './networks.ts';
import { expectTorch } from './torch.ts';

/** Two layers in a row give outputs of the same shape: none may write over those of the other. */
const LAYERS = small(
  fullyConnected('fc_1', 5),
  fullyConnected('fc_2', 4),
  fullyConnected('fc_3', 4),
  fullyConnected('output', 3),
);
const convnet = (method: 1 | 2) =>
  small(
    convolution('conv_1', 3, method),
    pooling('maxpool_1'),
    convolution('conv_2', 2, method, { kernel_size: 2, padding: 1 }),
    convolution('conv_3', 2, method),
    fullyConnected('output', 3),
  );

criterion('nets.gradient', async ({ submission, reference, seed }) => {
  const check = (name: string, model: NetworkDescription) =>
    checkGradient(meanCost(submission, name, model, seed), meanCost(reference, name, model, seed), seed);
  const layers = await check('fully connected layers', LAYERS);
  const convolutions = await check('convolutions by Method 2', convnet(2));
  await expectTorch(submission);
  await expectSaturated(submission, reference, seed);
  return credit(1, '', [layers, convolutions]);
});

/** Outputs of the last layer are some thousands: exp of them is infinite. */
const SATURATED = 1000;

/** Softmax of large numbers: the largest gets everything. */
async function expectSaturated(submission: Subject, reference: Subject, seed: number): Promise<void> {
  const { tensors } = meanCost(reference, '', LAYERS, seed);
  const parameters = joined(tensors.slice(0, -1).map(({ values }) => values.map((value) => SATURATED * value)));
  const call = calls.fprop(LAYERS, { parameters, images: tensors.at(-1)!.values, labels: new Uint8Array(BATCH) });
  const of = async (implementation: Subject) => (await implementation.call(call)).outputs.at(-1) as Float64Array;
  const [got, expected] = [await of(submission), await of(reference)];
  const at = firstDifference(got, expected);
  if (at < 0) return;
  throw new CriterionFailure(
    `weights ${SATURATED} times as large: probability ${at % CLASSES} of image ${Math.floor(at / CLASSES)} is ${got[at]} for ${expected[at]}; ` +
      'softmax does not change if the largest output is subtracted from all, and exp of it is finite then',
  );
}

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
