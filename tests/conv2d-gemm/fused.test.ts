import { expect, test } from '@jest/globals';
import { fusedConvolution } from '@im2grade/fastconv';
import { createRandom, type InputSize, type NetworkDescription, type NetworkOptions } from '@im2grade/nn';
import { buildNetwork } from '@im2grade/nn/networks';
import { Conv2DLayer } from '../../reference/conv2d-gemm/src/Conv2DLayer.ts';
import { Im2MatLayer } from '../../reference/conv2d-gemm/src/Im2MatLayer.ts';

const INPUT: InputSize = { InY: 9, InX: 8, InC: 2 };
const B = 5;
const DESCRIPTION: NetworkDescription = {
  layers: [
    { type: 'conv', KnY: 3, KnX: 2, KnC: 3, Sy: 2, Sx: 1, Py: 1, Px: 0 },
    { type: 'lrelu' },
    { type: 'conv', KnY: 2, KnX: 3, KnC: 4, Sy: 1, Sx: 2, Py: 0, Px: 0 },
    { type: 'lrelu' },
    { type: 'linear', size: 6 },
    { type: 'softmax' },
  ],
};

/** Outputs and gradients of a network on the same numbers. */
function run(convolution: NetworkOptions['convolution']) {
  const random = createRandom(4);
  const network = buildNetwork(DESCRIPTION, INPUT, { seed: 3, ...(convolution ? { convolution } : {}) });
  const images = Float64Array.from({ length: B * network.nInputs }, () => random.normal());
  const cotangent = Float64Array.from({ length: B * network.nOutputs }, () => random.normal());
  const outputs = network.forward(images, B).slice();
  network.backward(cotangent, B);
  return { parameters: network.parameters(), outputs, gradients: network.gradients() };
}

test("the library's one convolution equals the reference's two layers: same initial values, outputs and gradients", () => {
  const [fused, explicit] = [run(fusedConvolution), run({ Im2MatLayer, Conv2DLayer })];
  expect(fused.parameters).toEqual(explicit.parameters);
  for (const name of ['outputs', 'gradients'] as const) {
    expect(fused[name]).toHaveLength(explicit[name].length);
    fused[name].forEach((value, i) => expect(value).toBeCloseTo(explicit[name][i], 12));
  }
});
