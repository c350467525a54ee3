import { type Stages, STAGES } from '@im2grade/simple-conv-net/src/network.ts';
import { initialParameters, type Parameters } from '@im2grade/simple-conv-net/src/parameters.ts';
import { normalised } from '@im2grade/simple-conv-net/src/training.ts';
import { diffMse, sizeOf, type Tensor, tensor, zeros } from '@im2grade/tensor';
import {
  type ConvolutionSizes,
  convolved,
  criterion,
  CriterionFailure,
  dataSet,
  type Subject,
  exactly,
  expectEqual,
  assertProperty,
  nchw,
  randomData,
  pooledImages,
  type Sums,
} from '@im2grade/kit';
import { calls, type Form, stagesOf } from './calls.ts';
import { differenceFrom, torchInput, torchStage } from './torch.ts';

async function stagesFrom(submission: Subject, form: Form, x: Tensor, parameters: Parameters): Promise<Stages> {
  const call = calls.network(form, x, parameters);
  return stagesOf(call, await submission.call(call));
}

/** Every stage of the whole network against PyTorch's. */
async function expectTorch(submission: Subject, form: Form): Promise<void> {
  const { x, parameters } = torchInput();
  const stages = await stagesFrom(submission, form, x, parameters);
  for (const name of STAGES) {
    const difference = differenceFrom(torchStage(name), stages[name].data);
    if (!difference) continue;
    const { at, expected, got } = difference;
    const what = typeof at === 'number' ? `element ${at} of stage ${name}` : `the ${at} of stage ${name}`;
    throw new CriterionFailure(`SimpleConvNet on a batch of four: ${what} is ${got}; PyTorch has ${expected}`);
  }
}

const [HIDDEN, CLASSES] = [7, 4];
/** The last layer's weights are so large that softmax is saturated: one class gets everything. */
const SATURATED = 2000;

/** A network of other sizes, on images of several channels. */
function smallNetwork(s: ConvolutionSizes, seed: number): { x: Tensor; parameters: Parameters } {
  const { real } = randomData(seed, s);
  const make = (shape: number[], scale = 1) =>
    tensor(
      shape,
      real(sizeOf(shape)).map((value) => scale * value),
    );
  const [outH, outW] = convolved(s);
  const flat = s.Cout * Math.floor(outH / 2) * Math.floor(outW / 2);
  return {
    x: make([s.N, s.C, s.H, s.W]),
    parameters: {
      convWeight: make([s.Cout, s.C, s.K, s.K]),
      convBias: make([s.Cout]),
      fc1Weight: make([HIDDEN, flat]),
      fc1Bias: make([HIDDEN]),
      fc2Weight: make([CLASSES, HIDDEN], SATURATED),
      fc2Bias: make([CLASSES]),
    },
  };
}

/** Each stage by its definition from the submission's own stage before, so that rounding does not add up. */
function expectedStages(
  s: ConvolutionSizes,
  x: Tensor,
  p: Parameters,
  came: Stages,
): Record<Exclude<keyof Stages, 'softmax'>, Sums> {
  const [N, , H, W] = came.conv.shape;
  const linear = (a: Tensor, weight: Tensor, bias: Tensor): Sums =>
    nchw.fcLayer({ N, D: a.shape[1], P: weight.shape[0] }, a.data, weight.data, bias.data);
  return {
    conv: nchw.conv2d(s, x.data, p.convWeight.data, p.convBias.data),
    pool: exactly(nchw.pool2d({ N, C: s.Cout, H, W }, came.conv.data)),
    reshape: exactly(Float64Array.from(came.pool.data)),
    fc1: linear(came.reshape, p.fc1Weight, p.fc1Bias),
    relu: exactly(nchw.relu(came.fc1.data)),
    fc2: linear(came.relu, p.fc2Weight, p.fc2Bias),
  };
}

async function expectSmallNetworks(submission: Subject, form: Form, seed: number): Promise<void> {
  const sizes = pooledImages({ odd: true }).map(({ N, C, H, W }) => ({ N, C, H: H + 1, W: W + 1, Cout: 3, K: 2 }));
  const everyCase = async (s: ConvolutionSizes): Promise<void> => {
    const { x, parameters } = smallNetwork(s, seed);
    const came = await stagesFrom(submission, form, x, parameters);
    for (const [name, expected] of Object.entries(expectedStages(s, x, parameters, came))) {
      const { shape, data } = came[name as keyof Stages];
      const axes = shape.map((size, i) => ({ name: `axis ${i}`, size }));
      const law = `stage ${name} is its layer, applied to the stage before`;
      expectEqual({ law, name, axes, geometry: { ...s }, got: data, expected, inputs: [] });
    }
    for (let n = 0; n < s.N; n++) {
      const row = came.softmax.data.slice(n * CLASSES, (n + 1) * CLASSES);
      const sum = Array.from(row).reduce((a, b) => a + b, 0);
      if (!(Math.abs(sum - 1) <= 1e-12)) throw new CriterionFailure(`the probabilities of image ${n} add up to ${sum}`);
    }
  };
  await assertProperty(seed, sizes, everyCase, SMALL_NETWORKS);
}

const SMALL_NETWORKS = 10;

criterion('network.scalar', async ({ submission, seed }) => {
  await expectTorch(submission, 'scalar');
  await expectSmallNetworks(submission, 'scalar', seed);
});

criterion('network.vector', async ({ submission, seed }) => {
  await expectTorch(submission, 'vector');
  await expectSmallNetworks(submission, 'vector', seed);
});

/** Mean squared difference that rounding may leave, in double precision, for numbers of about one. */
const ROUNDING = 1e-24;
const DIGITS = [0, 1, 2];

criterion('network.agreement', async ({ submission, seed }) => {
  const x = normalised(dataSet('mnist').validation, DIGITS, zeros([0]));
  const parameters = initialParameters(seed, Float64Array);
  const [scalar, vector] = [
    await stagesFrom(submission, 'scalar', x, parameters),
    await stagesFrom(submission, 'vector', x, parameters),
  ];
  for (const name of STAGES) {
    const difference = diffMse(scalar[name], vector[name]);
    if (!(difference <= ROUNDING))
      throw new CriterionFailure(
        `on digits, diffMse of stage ${name} in scalar and in vector form is ${difference.toExponential(2)}`,
      );
  }
});
