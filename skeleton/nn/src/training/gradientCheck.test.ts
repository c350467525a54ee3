import { expect, test } from '@jest/globals';
import { LReLuLayer } from '../layers/LReLuLayer.ts';
import type { Activation } from '../network/Activation.ts';
import { buildNetwork, type LayerDescription } from '../network/NetworkDescription.ts';
import { gradientCheck, renderGradientCheck } from './gradientCheck.ts';

const INPUT = { InY: 2, InX: 3, InC: 2 };
const layers: LayerDescription[] = [
  { type: 'linear', size: 7 },
  { type: 'lrelu' },
  { type: 'linear', size: 4 },
  { type: 'softmax' },
];

test('the given layers pass, the input included', () => {
  const report = gradientCheck(buildNetwork({ layers }, INPUT, { seed: 4 }), 3, 4);
  expect(report.passed).toBe(true);
  expect(report.tensors.map(({ name }) => name)).toEqual([
    'input',
    'layer 1 weights',
    'layer 1 biases',
    'layer 3 weights',
    'layer 3 biases',
  ]);
});

/** Passes the gradient on as if the rectifier were not there. */
class ForgetfulLReLu extends LReLuLayer {
  override backward(act: Activation[]): void {
    act[this.ID - 1].dError_dOutput.set(act[this.ID].dError_dOutput);
  }
}

test('a wrong layer fails, and the tensors below it are named', () => {
  const network = buildNetwork({ layers }, INPUT, { seed: 4 });
  network.layers[2] = new ForgetfulLReLu(7, 2);
  const report = gradientCheck(network, 3, 4);
  expect(report.passed).toBe(false);
  expect(report.tensors.filter(({ maxError }) => maxError > report.tolerance).map(({ name }) => name)).toEqual([
    'input',
    'layer 1 weights',
    'layer 1 biases',
  ]);
  expect(renderGradientCheck(report)).toMatch(/input.*WRONG at \[\d+\]: back-propagation/);
});

test('a coordinate at a kink is skipped, not judged', () => {
  const network = buildNetwork({ layers }, INPUT, { seed: 4 });
  network.params[1].weights.fill(0);
  network.params[1].biases.fill(0);
  const report = gradientCheck(network, 2, 4);
  expect(report.tensors.find(({ name }) => name === 'layer 1 biases')!.skippedKinks).toBe(7);
});
