import { type Axis, createRandom, type InputSize, type NetworkDescription } from '@im2grade/nn';
import { checkGradient, credit, criterion, type Differentiable, type Subject } from '@im2grade/kit';
import { calls } from './calls.ts';
import { parameterTensors } from './parameterTensors.ts';

/** Batch, channels and every pair of sizes differ, and both convolutions move by more than one pixel. */
const B = 3;
const INPUT: InputSize = { InY: 7, InX: 6, InC: 2 };

const CONVOLUTION: NetworkDescription = {
  layers: [{ type: 'conv', KnY: 3, KnX: 2, KnC: 3, Sy: 2, Sx: 1, Py: 1, Px: 0 }],
};

/** The first convolution gives fewer rows than columns, the second one more: each declares the size of what it gives. */
const NETWORK: NetworkDescription = {
  layers: [
    { type: 'conv', KnY: 3, KnX: 2, KnC: 3, Sy: 2, Sx: 1, Py: 1, Px: 0 },
    { type: 'lrelu' },
    { type: 'conv', KnY: 2, KnX: 5, KnC: 2, Sy: 1, Sx: 2, Py: 0, Px: 1 },
    { type: 'lrelu' },
    { type: 'linear', size: 4 },
    { type: 'softmax' },
  ],
};

/** The described network as a function of its parameters and its images. */
function asFunction(
  implementation: Subject,
  name: string,
  description: NetworkDescription,
  outputs: number,
  seed: number,
): Differentiable {
  const network = { description, input: INPUT, B };
  const random = createRandom(seed);
  const normal = (length: number, scale: number) => Float64Array.from({ length }, () => scale * random.normal());
  const { InY, InX, InC } = INPUT;
  const imageAxes = Object.entries({ b: B, iy: InY, ix: InX, ic: InC }).map(([axis, size]) => ({ name: axis, size }));
  const tensors = [
    ...parameterTensors(description, INPUT).map((tensor) => ({ ...tensor, values: normal(sizeOf(tensor.axes), 0.5) })),
    { name: 'images', axes: imageAxes, values: normal(sizeOf(imageAxes), 1) },
  ];
  return {
    network: name,
    tensors,
    outputSize: B * outputs,
    async forward(values) {
      const [parameters, images] = [joined(values.slice(0, -1)), values.at(-1)!];
      const call = calls.networkForward(network, parameters, images, outputs);
      return (await implementation.call(call)).outputs[0] as Float64Array;
    },
    async backward(values, cotangent) {
      const [parameters, images] = [joined(values.slice(0, -1)), values.at(-1)!];
      const call = calls.networkBackward(network, parameters, images, cotangent);
      const [gradients, dImages] = (await implementation.call(call)).outputs as Float64Array[];
      return [...parted(gradients, values.slice(0, -1)), dImages];
    },
  };
}

const sizeOf = (axes: readonly Axis[]): number => axes.reduce((product, { size }) => product * size, 1);

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

/** Parts of the given lengths. */
function parted(whole: Float64Array, like: readonly Float64Array[]): Float64Array[] {
  let at = 0;
  return like.map(({ length }) => whole.subarray(at, (at += length)));
}

criterion(
  'gradient.convolution',
  async ({ submission, reference, seed }) => {
    const f = (of: Subject) => asFunction(of, 'one convolution', CONVOLUTION, 4 * 5 * 3, seed);
    return credit(1, '', [await checkGradient(f(submission), f(reference), seed)]);
  },
  { seeded: true },
);

criterion(
  'gradient.network',
  async ({ submission, reference, seed }) => {
    const f = (of: Subject) => asFunction(of, 'a whole network', NETWORK, 4, seed);
    return credit(1, '', [await checkGradient(f(submission), f(reference), seed)]);
  },
  { seeded: true },
);
