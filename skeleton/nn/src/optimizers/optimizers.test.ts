import { expect, test } from '@jest/globals';
import { Network } from '../network/Network.ts';
import { Adam } from './Adam.ts';
import { MomentumSGD } from './MomentumSGD.ts';

/** One weight and one bias, at 1 and 2, with gradients 6 and 9 summed over a batch of 3. */
function network(): Network {
  const tiny = new Network();
  tiny.addInput(1);
  tiny.addLinear(1, 1);
  tiny.setParameters(Float64Array.of(1, 2));
  tiny.grads[1].weights[0] = 6;
  tiny.grads[1].biases[0] = 9;
  return tiny;
}

/** The multipliers at steps 5, 10 and 14. */
function multipliers(biasCorrection: 'standard' | 'hpcse2018'): number[] {
  const [adam, tiny] = [new Adam({ biasCorrection }), network()];
  const seen: number[] = [];
  for (let t = 1; t <= 14; t++) {
    seen[t] = adam.stepMultiplier;
    adam.step(tiny, 3);
  }
  return [seen[5], seen[10], seen[14]];
}

test.each([
  ['standard', [0.1725, 0.1532, 0.153]],
  ["the exercise's own, which squares its powers,", [0.155, 0.633, 1]],
] as const)('the correction of Adam: %s', (name, expected) => {
  const seen = multipliers(name === 'standard' ? 'standard' : 'hpcse2018');
  seen.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(6e-4));
});

test('the first step of Adam is the learning rate along the sign of the gradient', () => {
  const tiny = network();
  new Adam({ learningRate: 0.1 }).step(tiny, 3);
  tiny.parameters().forEach((value, i) => expect(value).toBeCloseTo([0.9, 1.9][i], 6));
});

test('momentum: m = 0.9·m − η·(g/B + λ·p), on biases too', () => {
  const [tiny, sgd] = [network(), new MomentumSGD({ learningRate: 0.1, l2: 0.5 })];
  sgd.step(tiny, 3);
  expect([...tiny.parameters()]).toEqual([1 - 0.1 * (2 + 0.5), 2 - 0.1 * (3 + 1)]);
  const [first, second] = [-0.25, -0.4];
  sgd.step(tiny, 3);
  expect(tiny.parameters()[0]).toBeCloseTo(0.75 + 0.9 * first - 0.1 * (2 + 0.5 * 0.75), 12);
  expect(tiny.parameters()[1]).toBeCloseTo(1.6 + 0.9 * second - 0.1 * (3 + 0.5 * 1.6), 12);
});
