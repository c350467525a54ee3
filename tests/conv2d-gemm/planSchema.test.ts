import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type NetworkDescription, parameterCount, type TrainingPlan } from '@im2grade/nn';
import { buildNetwork } from '@im2grade/nn/networks';
import { baseline, DIGIT } from '@im2grade/conv2d-gemm/src/baseline.ts';
import { tuned } from '../../reference/conv2d-gemm/src/classify.ts';
import { Conv2DLayer } from '../../reference/conv2d-gemm/src/Conv2DLayer.ts';
import { Im2MatLayer } from '../../reference/conv2d-gemm/src/Im2MatLayer.ts';
import { networkCost, planCost } from './planCost.ts';
import { readPlan } from './planSchema.ts';

const WORK = { training: 6999, answered: 5000 };
const BUDGET = { maxEpochs: 3, maxParameters: 200_000, maxMiB: 768, maxGigaOperations: 160 };

const read = (plan: unknown) => readPlan(JSON.stringify(plan), DIGIT, BUDGET, WORK);
const planOf = (layers: unknown[], changed: object = {}) => ({ ...baseline(), description: { layers }, ...changed });

/** Sizes that the schema allows, small ones and the extremes more often. */
const size = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom(28, 29, 64, 1023, 1024));
const padding = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(27, 28));
const layer = fc.oneof(
  fc.record(
    { type: fc.constant('conv'), KnY: size, KnX: size, KnC: size, Sy: size, Sx: size, Py: padding, Px: padding },
    { requiredKeys: ['type', 'KnY', 'KnX', 'KnC'] },
  ),
  // A convolution that always fits: deep networks are made of these.
  fc.record({ KnC: size, P: padding }).map(({ KnC, P }) => ({ type: 'conv', KnY: 1, KnX: 1, KnC, Py: P, Px: P })),
  fc.record({ type: fc.constant('linear'), size: fc.oneof(size, fc.constant(10)) }),
  fc.record({ type: fc.constantFrom('lrelu', 'softmax') }),
);
const plans = fc
  .record({
    layers: fc.array(layer, { minLength: 1, maxLength: 39 }),
    batchSize: fc.constantFrom(1, 2, 64, 1000, 1024),
    epochs: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ layers, ...rest }) => planOf([...layers, { type: 'linear', size: 10 }], rest) as TrainingPlan);

test('every plan that the schema accepts is refused in one line or costs no more than the budget', () => {
  let accepted = 0;
  fc.assert(
    fc.property(plans, (plan) => {
      try {
        read(plan);
      } catch (error) {
        expect(error).toMatchObject({
          name: 'CriterionFailure',
          message: expect.stringMatching(/^tuned\(\): [^\n]+$/),
        });
        return;
      }
      accepted++;
      const { bytes, operations, parameters } = planCost(plan, DIGIT, WORK);
      for (const value of [bytes, operations, parameters]) expect(Number.isFinite(value)).toBe(true);
      expect(bytes).toBeLessThanOrEqual(BUDGET.maxMiB * 2 ** 20);
      expect(operations).toBeLessThanOrEqual(BUDGET.maxGigaOperations * 1e9);
    }),
    { numRuns: 3000, seed: 5 },
  );
  expect(accepted).toBeGreaterThan(30);
});

/** What the layers of a network hold that is really built. */
function built(description: NetworkDescription) {
  const network = buildNetwork(description, DIGIT, { convolution: { Im2MatLayer, Conv2DLayer } });
  const units = network.layers.reduce((sum, { size: units }) => sum + units, 0);
  return { units, parameters: network.nParams, outputs: network.nOutputs };
}

test('the cost is that of the network which is built', () => {
  fc.assert(
    fc.property(plans, ({ description }) => {
      let cost;
      try {
        cost = networkCost(description, DIGIT);
      } catch {
        return;
      }
      fc.pre(cost.parameters < 1e5);
      const { units, parameters, outputs } = built(description);
      expect({ units: cost.units + cost.matrix, parameters: cost.parameters, outputs: cost.outputs }).toEqual({
        units,
        parameters,
        outputs,
      });
      expect(cost.parameters).toBe(parameterCount(description, DIGIT));
    }),
    { numRuns: 200, seed: 6 },
  );
});

describe('a plan is refused with the numbers', () => {
  const deep = Array.from({ length: 39 }, () => ({ type: 'conv', KnY: 1, KnX: 1, KnC: 8, Py: 28, Px: 28 }));
  test.each<[string, unknown, RegExp]>([
    ['text that is not a plan', 'a plan', /^tuned\(\): the plan: /],
    ['eleven outputs', planOf([{ type: 'linear', size: 11 }]), /the last layer has 11 outputs; there are 10 digits/],
    ['no layer with outputs', planOf([{ type: 'softmax' }]), /the last layer has 784 outputs/],
    ['too many epochs', { ...baseline(), epochs: 4 }, /4 epochs; the budget is 3/],
    ['deep and padded', planOf([...deep, { type: 'linear', size: 10 }]), /\d+ parameters; the budget is 200000/],
    [
      'a stride that does not divide',
      planOf([{ type: 'conv', KnY: 1, KnX: 1, KnC: 1, Sy: 1024, Py: 0, Px: 0 }]),
      /layer 1 \(conv\): conv2d: InY − KnY \+ 2·Py = 27 is not divisible by Sy = 1024/,
    ],
    [
      'a kernel that is larger than the image',
      planOf([{ type: 'conv', KnY: 1024, KnX: 1, KnC: 1, Py: 28, Px: 0 }]),
      /layer 1 \(conv\): conv2d: KnY = 1024 is larger/,
    ],
    [
      'an even kernel without padding',
      planOf([{ type: 'conv', KnY: 2, KnX: 2, KnC: 1 }]),
      /layer 1 \(conv\): conv2d: Py = 0.5 must be an integer/,
    ],
  ])('%s', (_, plan, message) => {
    expect(() => read(plan)).toThrow(message);
  });

  test('batches that are larger than the set', () =>
    expect(() => readPlan(JSON.stringify(baseline()), DIGIT, BUDGET, { training: 63, answered: 1 })).toThrow(
      'tuned(): batches of 64 images; there are 63 to train on',
    ));
});

test('intended plans are far from every limit', () => {
  for (const plan of [baseline(), tuned()]) {
    expect(read(plan)).toEqual(plan);
    const { bytes, operations } = planCost(plan, DIGIT, WORK);
    expect(bytes / 2 ** 20).toBeLessThan(BUDGET.maxMiB / 10);
    expect(operations / 1e9).toBeLessThan(BUDGET.maxGigaOperations / 10);
  }
});
