import type { InputSize, NetworkDescription } from '@im2grade/nn';
import { createRandom, parameterCount } from '@im2grade/nn';
import { checkGradient, credit, criterion, type Differentiable, type Examinee } from '@im2grade/kit';
import { calls } from './calls.ts';

/** Batch, channels and every pair of sizes differ, and both convolutions move by more than one pixel. */
const B = 3;
const INPUT: InputSize = { InY: 7, InX: 6, InC: 2 };

const CONVOLUTION: NetworkDescription = {
  layers: [{ type: 'conv', KnY: 3, KnX: 2, KnC: 3, Sy: 2, Sx: 1, Py: 1, Px: 0 }],
};

const NETWORK: NetworkDescription = {
  layers: [
    { type: 'conv', KnY: 3, KnX: 2, KnC: 3, Sy: 2, Sx: 1, Py: 1, Px: 0 },
    { type: 'lrelu' },
    { type: 'conv', KnY: 2, KnX: 3, KnC: 2, Sy: 1, Sx: 2, Py: 0, Px: 1 },
    { type: 'lrelu' },
    { type: 'linear', size: 4 },
    { type: 'softmax' },
  ],
};

/** The described network as a function of its parameters and its images, run by the submission. */
function asFunction(
  submission: Examinee,
  name: string,
  description: NetworkDescription,
  outputs: number,
  seed: number,
): Differentiable {
  const network = { description, input: INPUT, B };
  const random = createRandom(seed);
  const normal = (length: number, scale: number) => Float64Array.from({ length }, () => scale * random.normal());
  const { InY, InX, InC } = INPUT;
  return {
    network: name,
    tensors: [
      { name: 'parameters', values: normal(parameterCount(description, INPUT), 0.5) },
      { name: 'images', values: normal(B * InY * InX * InC, 1) },
    ],
    outputSize: B * outputs,
    async forward([parameters, images]) {
      return (await submission.call(calls.networkForward(network, parameters, images, outputs)))
        .outputs[0] as Float64Array;
    },
    async backward([parameters, images], cotangent) {
      return (await submission.call(calls.networkBackward(network, parameters, images, cotangent)))
        .outputs as Float64Array[];
    },
  };
}

criterion('gradient.convolution', async ({ submission, seed }) => {
  const check = await checkGradient(asFunction(submission, 'one convolution', CONVOLUTION, 4 * 5 * 3, seed), seed);
  return credit(1, '', [check]);
});

criterion('gradient.network', async ({ submission, seed }) => {
  const check = await checkGradient(asFunction(submission, 'a whole network', NETWORK, 4, seed), seed);
  return credit(1, '', [check]);
});
