import { expect, test } from '@jest/globals';
import { convolutionBackward } from './convolution/convolutionBackward.ts';
import { convolutionForward } from './convolution/convolutionForward.ts';
import { convolutionWorkspace } from './convolution/convolutionWorkspace.ts';
import { convGeometry, Activation, createRandom } from '@im2grade/nn';
import { type Team, teamOfOne } from '@im2grade/engine';
import { FusedConv2DLayer } from './FusedConv2DLayer.ts';

const geometry = convGeometry({ InY: 5, InX: 4, InC: 2, KnY: 3, KnX: 2, KnC: 3, Sy: 2, Sx: 1, Py: 1 });
const inputs = 5 * 4 * 2;

/** A layer with numbers on both sides of it; the gradients before it are garbage. */
function surroundings(B: number, isFirst = false) {
  const layer = new FusedConv2DLayer(1, geometry, { isFirst });
  const random = createRandom(3);
  const act = [new Activation(B, inputs, Float64Array), layer.allocateActivation(B, Float64Array)];
  const params = [0, 1].map(() => layer.allocateParams(Float64Array));
  for (const values of [act[0].output, act[1].dError_dOutput, params[1].weights, params[1].biases])
    for (let i = 0; i < values.length; i++) values[i] = random.uniform(-1, 1);
  for (const values of [act[0].dError_dOutput, act[1].output]) values.fill(NaN);
  return { layer, act, params, grads: () => [0, 1].map(() => layer.allocateParams(Float64Array)) };
}

test('is the convolution of the batch, forward and backward', () => {
  const { layer, act, params, grads } = surroundings(3);
  const grad = grads();
  layer.forward(act, params, teamOfOne);
  layer.backward(act, params, grad, teamOfOne);

  const batch = { ...geometry, B: 3 };
  const workspace = new Float64Array(convolutionWorkspace(batch, Float64Array));
  const { weights, biases } = params[1];
  const [image, dOutput] = [act[0].output, act[1].dError_dOutput];
  const [output, dImage, dWeights, dBiases] = [dOutput, image, weights, biases].map(
    ({ length }) => new Float64Array(length),
  );
  convolutionForward(batch, image, weights, biases, output, workspace);
  convolutionBackward(batch, image, weights, dOutput, dWeights, dBiases, dImage, workspace);
  expect(act[1].output).toEqual(output);
  expect(act[0].dError_dOutput).toEqual(dImage);
  expect([grad[1].weights, grad[1].biases]).toEqual([dWeights, dBiases]);
});

test.each([1, 2, 3])('the members of a team share a batch of %i', (B) => {
  const alone = surroundings(B);
  const sums = alone.grads();
  alone.layer.forward(alone.act, alone.params, teamOfOne);
  alone.layer.backward(alone.act, alone.params, sums, teamOfOne);

  const shared = surroundings(B);
  const total = shared.grads();
  // The first member's sums are kept until the second comes, one after the other in place of a reduction.
  const half =
    (rank: number) =>
    (n: number): [number, number] =>
      rank === 0 ? [0, n >> 1] : [n >> 1, n];
  for (const rank of [0, 1]) {
    const reduce: Team['reduce'] = (partial, sum) => {
      for (let i = 0; i < sum.length; i++) sum[i] = (rank === 0 ? 0 : sum[i]) + partial[i];
    };
    const member: Team = { ...teamOfOne, rank, size: 2, share: half(rank), reduce };
    shared.layer.forward(shared.act, shared.params, member);
    shared.layer.backward(shared.act, shared.params, total, member);
  }
  expect(shared.act).toEqual(alone.act);
  for (const name of ['weights', 'biases'] as const)
    total[1][name].forEach((value, i) => expect(value).toBeCloseTo(sums[1][name][i], 12));
});

test('the first layer leaves the gradient of its input alone', () => {
  const { layer, act, params, grads } = surroundings(2, true);
  layer.backward(act, params, grads(), teamOfOne);
  expect(act[0].dError_dOutput.every(Number.isNaN)).toBe(true);
});

test('weights begin uniform in ±√(6 / (fan-in + KnC)), in order, biases as zeros', () => {
  const layer = new FusedConv2DLayer(1, geometry);
  const params = layer.allocateParams(Float64Array);
  params.biases.fill(NaN);
  layer.init(createRandom(8), params);
  const [random, scale] = [createRandom(8), Math.sqrt(6 / (3 * 2 * 2 + 3))];
  expect([...params.weights]).toEqual(Array.from({ length: 36 }, () => random.uniform(-scale, scale)));
  expect([...params.biases]).toEqual([0, 0, 0]);
  expect(layer.size).toBe(3 * 3 * 3);
});
