import { convolved, nchw, type Questions, type Scene } from '@im2grade/kit';
import { convGeometry, createRandom } from '@im2grade/nn';
import { tensor, zeros } from '@im2grade/tensor';

const s = { N: 2, C: 2, H: 5, W: 6, Cout: 3, K: 3 };
/** With one channel and one map, channels first and last are the same. */
const single = { ...s, C: 1, Cout: 1 };
const linear = { N: 2, D: 4, P: 3 };
const random = createRandom(7);
const numbers = (length: number) => Float64Array.from({ length }, () => random.normal());

const [x, weight, bias] = [s.N * s.C * s.H * s.W, s.Cout * s.C * s.K * s.K, s.Cout].map(numbers);
const [image, kernel, offset] = [s.N * s.H * s.W, s.K * s.K, 1].map(numbers);
const [a, matrix, offsets] = [linear.N * linear.D, linear.P * linear.D, linear.P].map(numbers);

const scenes: Readonly<Record<string, () => Scene>> = {
  'images and a kernel': () => ({
    values: {
      Tensor: [
        tensor([s.N, s.C, s.H, s.W], x.slice()),
        tensor([s.Cout, s.C, s.K, s.K], weight.slice()),
        tensor([s.Cout], bias.slice()),
        zeros([s.N, s.Cout, ...convolved(s)]),
      ],
      number: [0, 1, 2, s.K],
      boolean: [false, true],
    },
  }),
  'a row for each image and a matrix': () => ({
    values: {
      Tensor: [
        tensor([linear.N, linear.D], a.slice()),
        tensor([linear.P, linear.D], matrix.slice()),
        tensor([linear.P], offsets.slice()),
        zeros([linear.N, linear.P]),
      ],
      number: [0, 1, 2],
      boolean: [false, true],
    },
  }),
  'images of one channel': () => ({
    values: {
      Real: [image.slice(), kernel.slice(), offset.slice(), ...[0, 1, 2].map(() => new Float64Array(1024))],
      Geometry: [convGeometry({ B: s.N, InY: s.H, InX: s.W, KnY: s.K, KnX: s.K })],
      number: [0, 1, s.N, s.N * convolved(s)[0] * convolved(s)[1]],
    },
  }),
};

const OPERATION = 'an operation of the tensor library; the rubric asks for it by name';

export const questions: Questions = {
  scenes,
  answers: {
    conv2d: nchw.conv2d(s, x, weight, bias).values,
    'conv2d of one channel': nchw.conv2d(single, image, kernel, offset).values,
    im2col: nchw.im2col(s, x),
    pool2d: nchw.pool2d(s, x),
    relu: x.map((value) => Math.max(0, value)),
    fcLayer: nchw.fcLayer(linear, a, matrix, offsets).values,
  },
  sharedLines: {
    'const parameters = initialParameters(seed, Float64Array);': 'what is compared starts from the same parameters',
  },
  onPurpose: {
    'vendor/tensor/src/elementwise.ts maximum: relu': OPERATION,
  },
};
