import { expect, test } from '@jest/globals';
import { Network } from '../network/Network.ts';

const softmax = (...logits: number[]): number[] => {
  const network = new Network();
  network.addInput(logits.length);
  network.addSoftMax(logits.length);
  return [...network.forward(Float64Array.from(logits), 1)];
};

test('rows sum to one', () => expect(softmax(0.3, -2, 5).reduce((a, b) => a + b)).toBeCloseTo(1, 14));
test('a logit of 1000 overflows nothing', () => expect(softmax(1000, 0, -1000)).toEqual([1, 0, 0]));
test('adding the same to all logits changes nothing', () => {
  const [a, b] = [softmax(1, 2, 3), softmax(101, 102, 103)];
  a.forEach((value, i) => expect(value).toBeCloseTo(b[i], 12));
});

test('its input stays as it was', () => {
  const network = new Network();
  network.addInput(2);
  network.addSoftMax(2);
  network.forward(Float64Array.of(3, 4), 1);
  expect([...network.activations(1)[0].output]).toEqual([3, 4]);
});
