import { convolved, derivatives, nchw, type Questions, type Scene } from '@im2grade/kit';
import { createRandom } from '@im2grade/nn';
import { tensor } from '@im2grade/tensor';

const s = { N: 2, C: 2, H: 5, W: 6, Cout: 3, K: 3 };
const linear = { N: 2, D: 4, P: 3 };
const random = createRandom(7);
const numbers = (length: number) => Float64Array.from({ length }, () => random.normal());
const mean = (sums: Float64Array, N: number) => sums.map((sum) => sum / N);

const [outY, outX] = convolved(s);
const [x, weights, bias] = [s.N * s.C * s.H * s.W, s.Cout * s.C * s.K * s.K, s.Cout].map(numbers);
const above = numbers(s.N * s.Cout * outY * outX);
const [a, matrix, offsets, aboveRow] = [linear.N * linear.D, linear.P * linear.D, linear.P, linear.N * linear.P].map(
  numbers,
);

const learning = { name: 'one', init_wt: 0.1, epsilon: 0.1, momentum: 0, l2_decay: 0 };
const convolutional = {
  ...learning,
  type: 'CONVOLUTIONAL',
  num_channels: s.Cout,
  kernel_size: s.K,
  stride: 1,
  padding: 0,
};
const size = (num_channels: number, size_y: number, size_x: number) => ({ num_channels, size_y, size_x });

const scenes: Readonly<Record<string, () => Scene>> = {
  'images and kernels': () => {
    const [kernels, biases] = [tensor([s.Cout, s.C, s.K, s.K], weights.slice()), tensor([s.Cout], bias.slice())];
    return {
      values: {
        Tensor: [
          tensor([s.N, s.C, s.H, s.W], x.slice()),
          tensor([s.N, s.Cout, outY, outX], above.slice()),
          kernels,
          biases,
        ],
        number: [0, 1, s.K],
        Size: [size(s.C, s.H, s.W), size(s.Cout, outY, outX)],
        ConvolutionalDescription: ['method1', 'method2'].map((convolve_method) => ({
          ...convolutional,
          convolve_method,
        })),
        ActivationFunction: ['relu'],
      },
      prepare: (made) => Object.assign(made, { weights: kernels, bias: biases }),
    };
  },
  'a row for each image and a matrix': () => {
    const [rows, biases] = [tensor([linear.P, linear.D], matrix.slice()), tensor([linear.P], offsets.slice())];
    return {
      values: {
        Tensor: [tensor([linear.N, linear.D], a.slice()), tensor([linear.N, linear.P], aboveRow.slice()), rows, biases],
        number: [0, 1],
        boolean: [false, true],
        Size: [size(linear.D, 1, 1), size(linear.P, 1, 1)],
        FullyConnectedDescription: [{ ...learning, type: 'FC', num_channels: linear.P }],
        ActivationFunction: ['relu'],
      },
      prepare: (made) => Object.assign(made, { weights: rows, bias: biases }),
    };
  },
};

const down = derivatives.conv2d(s, above, x, weights);
const downRow = derivatives.fcLayer(linear, aboveRow, a, matrix);

const METHOD_1 = 'Method 1 is given for comparison; conv-method2.form requires convolve, and counts its calls';
const METHOD_1_AT = 'vendor/layers/src/ConvMethod1.ts ConvMethod1';

export const questions: Questions = {
  scenes,
  answers: {
    'FullyConnected.ComputeUp': nchw.fcLayer(linear, a, matrix, offsets).values,
    'FullyConnected.ComputeDown, inputs': downRow.inputs.values,
    'FullyConnected.ComputeDown, weights': mean(downRow.weights.values, linear.N),
    'ConvMethod2.ComputeUp': nchw.conv2d(s, x, weights, bias).values,
    'ConvMethod2.ComputeDown, inputs': down.inputs.values,
    'ConvMethod2.ComputeDown, weights': mean(down.weights.values, s.N),
  },
  sharedLines: { 'dC_by_dbias: scale(sum(dC_by_doutputs, [0, 2, 3]), 1 / N),': 'Method 1 shows it' },
  onPurpose: {
    [`${METHOD_1_AT}.ComputeUp: ConvMethod2.ComputeUp`]: METHOD_1,
    [`${METHOD_1_AT}.ComputeDown: ConvMethod2.ComputeDown, inputs`]: METHOD_1,
    [`${METHOD_1_AT}.ComputeDown: ConvMethod2.ComputeDown, weights`]: METHOD_1,
    'vendor/tensor/src/matmul.ts matmul: FullyConnected.ComputeDown, inputs': 'products must be made with it',
  },
};
