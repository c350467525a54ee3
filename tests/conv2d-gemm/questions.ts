import { direct, type Questions, type Scene } from '@im2grade/kit';
import { convGeometry, createRandom, type Real, teamOfOne } from '@im2grade/nn';

const sizes = { B: 2, InY: 5, InX: 4, InC: 2, KnY: 3, KnX: 2, Sy: 2, Sx: 1, Py: 1 };
const K = sizes.KnY * sizes.KnX * sizes.InC;
const MAPS = 3;
/** As many maps as a patch has elements: the kernel may be the identity. */
const g = convGeometry({ ...sizes, KnC: K });
const rows = g.B * g.OpY * g.OpX;

const random = createRandom(7);
const numbers = (length: number) => Float64Array.from({ length }, () => random.normal());
const image = numbers(g.B * g.InY * g.InX * g.InC);
const dMatrix = numbers(rows * K);
const identity = Float64Array.from({ length: K * K }, (_, i) => Number(i % (K + 1) === 0));
const matrix = numbers(rows * K);
const [kernel, biases, dOutput] = [K * MAPS, MAPS, rows * MAPS].map(numbers);

/** What is on both sides of a layer: layer 1 of a network, between two buffers. */
function surroundings(batchSize: number, input: Real, dOut: Real, weights: Real, bias: Real) {
  const before = { batchSize, output: input.slice(), dError_dOutput: new Float64Array(input.length) };
  const after = { batchSize, output: new Float64Array(dOut.length), dError_dOutput: dOut.slice() };
  const parameters = { weights: weights.slice(), biases: bias.slice() };
  const gradients = { weights: new Float64Array(weights.length), biases: new Float64Array(bias.length) };
  const both = [parameters, gradients].map((values) => [values, values]);
  return { 'Activation[]': [[before, after]], 'Params[]': both, Team: [teamOfOne] };
}

const buffers = () => [0, 1, 2].map(() => new Float64Array(1024));

const scenes: Readonly<Record<string, () => Scene>> = {
  'an image and an identity kernel': () => ({
    values: {
      Real: [image.slice(), dMatrix.slice(), identity.slice(), ...buffers()],
      Geometry: [g],
      number: [0, 1, g.B, rows],
      RealConstructor: [Float64Array],
      ...surroundings(g.B, image, dMatrix, identity, new Float64Array(K)),
    },
  }),
  'a matrix and a kernel': () => ({
    values: {
      Real: [matrix.slice(), kernel.slice(), biases.slice(), dOutput.slice(), ...buffers()],
      Geometry: [{ ...g, KnC: MAPS }],
      number: [1, MAPS, K, rows],
      ...surroundings(rows, matrix, dOutput, kernel, biases),
    },
  }),
};

const product = Float64Array.from({ length: rows * MAPS }, (_, i) => {
  const [row, map] = [Math.floor(i / MAPS), i % MAPS];
  return kernel.reduce(
    (sum, weight, k) => (k % MAPS === map ? sum + weight * matrix[row * K + (k - map) / MAPS] : sum),
    0,
  );
});

const LINEAR = 'the linear layer is the worked example: Conv2D is a linear layer on the rows of the matrix';
const CHECKED_NETWORK = 'students check the gradients of the network of the suite with npm run test-grad';

export const questions: Questions = {
  scenes,
  answers: {
    Im2Mat: direct.Im2Mat(g, image),
    Mat2Im: direct.Mat2Im(g, dMatrix).values,
    'Conv2D forward': product.map((value, i) => value + biases[i % MAPS]),
    'Conv2D, gradient of the kernel': direct.dWeights({ ...g, KnC: MAPS }, matrix, dOutput).values,
    'Conv2D, gradient of the matrix': direct.dMat({ ...g, KnC: MAPS }, kernel, dOutput).values,
  },
  sharedLines: {
    'const [begin, end] = team.share(batchSize);': 'every layer divides its work like this',
    'const INPUT: InputSize = { InY: 7, InX: 6, InC: 2 };': CHECKED_NETWORK,
    "{ type: 'conv', KnY: 3, KnX: 2, KnC: 3, Sy: 2, Sx: 1, Py: 1, Px: 0 },": CHECKED_NETWORK,
  },
  onPurpose: {
    'vendor/nn/src/layers/LinearLayer.ts LinearLayer.forward: Conv2D forward': LINEAR,
    'vendor/nn/src/layers/LinearLayer.ts LinearLayer.backward: Conv2D, gradient of the kernel': LINEAR,
    'vendor/nn/src/layers/LinearLayer.ts LinearLayer.backward: Conv2D, gradient of the matrix': LINEAR,
  },
};
