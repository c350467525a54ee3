import { describe, expect, test } from '@jest/globals';
import { backward } from '@im2grade/simple-conv-net/src/backward.ts';
import { forward, STAGES } from '@im2grade/simple-conv-net/src/network.ts';
import { NAMES, PARAMETER_COUNT, zeroParameters } from '@im2grade/simple-conv-net/src/parameters.ts';
import { referenceLayers } from './referenceLayers.ts';
import { differenceFrom, torchGradient, torchInput, torchLoss, torchStage } from './torch.ts';

const { x, labels, parameters } = torchInput();

test('the network has 1,446,030 parameters', () => expect(PARAMETER_COUNT).toBe(1_446_030));

describe.each(['scalar', 'vector'] as const)('the reference in %s form', (variant) => {
  const stages = forward(referenceLayers[variant], parameters, x);

  test.each(STAGES)('gives the output of PyTorch: %s', (name) => {
    expect(stages[name].shape).toEqual(torchStage(name).shape);
    expect(differenceFrom(torchStage(name), stages[name].data)).toBeUndefined();
  });

  test('has the loss of PyTorch, and the gradients that are given are PyTorch’s', () => {
    const rows = [...labels].map((label, n) => stages.softmax.data[n * 10 + label]);
    expect(rows.reduce((sum, p) => sum - Math.log(p), 0) / labels.length).toBeCloseTo(torchLoss, 12);
    const gradients = zeroParameters(Float64Array);
    backward(parameters, x, stages, labels, gradients);
    for (const name of NAMES) expect(differenceFrom(torchGradient(name), gradients[name].data)).toBeUndefined();
  });
});
