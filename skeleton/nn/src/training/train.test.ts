import { afterEach, expect, test } from '@jest/globals';
import { useRuntime } from '@im2grade/engine';
import { createRandom } from '../numbers/random.ts';
import { buildNetwork } from '../network/NetworkDescription.ts';
import { evaluate } from './evaluate.ts';
import { train } from './train.ts';
import type { TrainingPlan } from './TrainingPlan.ts';

/** Points left and right of a line. */
const random = createRandom(5);
const images = Float64Array.from({ length: 400 }, () => random.uniform(-1, 1));
const labels = Uint8Array.from({ length: 200 }, (_, i) => (images[2 * i] + images[2 * i + 1] > 0 ? 1 : 0));
const INPUT = { InY: 1, InX: 2, InC: 1 };

const plan = (optimizer: TrainingPlan['optimizer']): TrainingPlan => ({
  description: { layers: [{ type: 'linear', size: 2 }, { type: 'softmax' }] },
  optimizer,
  batchSize: 16,
  epochs: 12,
  seed: 1,
});

const trained = (optimizer: TrainingPlan['optimizer']) => {
  const network = buildNetwork(plan(optimizer).description, INPUT, { seed: 1 });
  return { network, curve: train(network, plan(optimizer), images, labels) };
};

test.each([
  { type: 'adam', learningRate: 0.05 },
  { type: 'momentum', learningRate: 0.1 },
] as const)('$type learns what can be learnt', (optimizer) => {
  const { network, curve } = trained(optimizer);
  expect(evaluate(network, images, labels).accuracy).toBeGreaterThan(0.95);
  expect(curve[curve.length - 2]).toBeLessThan(curve[0]);
});

afterEach(() => useRuntime());

test('what the first step has allocated serves all the others', () => {
  const lengthsOf = (epochs: number): number[] => {
    const lengths: number[] = [];
    useRuntime({
      allocate(real, length) {
        lengths.push(length);
        return new real(length);
      },
    });
    const network = buildNetwork(plan({ type: 'momentum', learningRate: 0.1 }).description, INPUT);
    train(network, { ...plan({ type: 'momentum', learningRate: 0.1 }), epochs }, images, labels);
    return lengths;
  };
  expect(lengthsOf(1).length).toBeGreaterThan(0);
  expect(lengthsOf(5)).toEqual(lengthsOf(1));
});

test('the same seed trains the same network', () => {
  const optimizer = { type: 'adam', learningRate: 0.05 } as const;
  expect(trained(optimizer).network.parameters()).toEqual(trained(optimizer).network.parameters());
});

test('bytes are scaled, the last batch may be smaller', () => {
  const network = buildNetwork({ layers: [{ type: 'linear', size: 2 }, { type: 'softmax' }] }, INPUT);
  const bytes = Uint8Array.of(255, 0, 0, 255, 51, 102);
  const same = Float64Array.from(bytes, (value) => value / 255);
  expect(evaluate(network, bytes, Uint8Array.of(0, 1, 0), 2)).toEqual(
    evaluate(network, same, Uint8Array.of(0, 1, 0), 3),
  );
});
