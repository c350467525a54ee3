import { describe, test } from '@jest/globals';
import type { Layer } from '@im2grade/layers';
import { type Tensor, tensor } from '@im2grade/tensor';
import { ConvMethod2 } from '../src/ConvMethod2.ts';
import { FullyConnected } from '../src/FullyConnected.ts';
import { expectTensors } from './expectTensors.ts';

const STILL = { init_wt: 0, epsilon: 0, momentum: 0, l2_decay: 0 };

function fullyConnected(weights: Tensor, bias: Tensor): Layer {
  const [num_channels, size_x] = weights.shape;
  const input = { num_channels: 1, size_y: 1, size_x };
  const layer = new FullyConnected({ name: 'fc', type: 'FC', num_channels, ...STILL }, input, 'relu');
  layer.SetParameters(weights, bias);
  return layer;
}

function convolutional(images: Tensor, weights: Tensor, bias: Tensor, padding: number): Layer {
  const [, inputChannels, size_y, size_x] = images.shape;
  const [num_channels, , kernel_size] = weights.shape;
  const layer = new ConvMethod2(
    {
      name: 'conv',
      type: 'CONVOLUTIONAL',
      convolve_method: 'method2',
      num_channels,
      kernel_size,
      stride: 1,
      padding,
      ...STILL,
    },
    { num_channels: inputChannels, size_y, size_x },
    { num_channels, size_y: size_y + 2 * padding - kernel_size + 1, size_x: size_x + 2 * padding - kernel_size + 1 },
    'relu',
  );
  layer.SetParameters(weights, bias);
  return layer;
}

describe('Part 1: fully connected nets', () => {
  const [weights, bias] = [tensor([2, 3], [1, 10, 100, 0, 0, 1]), tensor([2], [0.5, -1])];
  const x = tensor([2, 3], [1, 2, 3, 4, 5, 6]);
  const above = tensor([2, 2], [1, 0, 0, 2]);
  const down = (above: Tensor, x: Tensor, weights: Tensor, bias: Tensor) =>
    fullyConnected(weights, bias).ComputeDown(above, x, above);

  test('ComputeUp: weighted sums and a bias, for each image', () =>
    expectTensors(
      'matrix',
      (x, weights, bias) => ({ z: fullyConnected(weights, bias).ComputeUp(x) }),
      [x, weights, bias],
      { z: tensor([2, 2], [321.5, 2, 654.5, 5]) },
      'weights[k] is the row of output k; the activation function comes later',
    ));

  test('ComputeDown: derivatives of the inputs, each image’s own', () =>
    expectTensors(
      'matrix',
      down,
      [above, x, weights, bias],
      { dC_by_dinputs: tensor([2, 3], [1, 10, 100, 0, 0, 2]) },
      'those of the outputs times the weights, and no mean',
    ));

  test('ComputeDown: derivatives of the weights, the mean over the images', () =>
    expectTensors(
      'matrix',
      down,
      [above, x, weights, bias],
      { dC_by_dweights: tensor([2, 3], [0.5, 1, 1.5, 4, 5, 6]) },
      'a row for each output; divide by the number of images',
    ));

  test('ComputeDown: derivatives of the bias, the mean over the images', () =>
    expectTensors(
      'matrix',
      down,
      [above, x, weights, bias],
      { dC_by_dbias: tensor([2], [0.5, 1]) },
      'sum over the images, then divide by their number',
    ));
});

describe('Part 2: convolutional nets', () => {
  const powers = tensor([1, 1, 2, 2], [1, 10, 100, 1000]);
  const zero = tensor([1], [0]);
  const nine = tensor([1, 1, 3, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const up =
    (padding: number) =>
    (x: Tensor, weights: Tensor, bias: Tensor): { z: Tensor } => ({
      z: convolutional(x, weights, bias, padding).ComputeUp(x),
    });
  const down = (padding: number) => (above: Tensor, x: Tensor, weights: Tensor, bias: Tensor) =>
    convolutional(x, weights, bias, padding).ComputeDown(above, x, above);

  test('ComputeUp: a 2×2 kernel on a 3×3 image', () =>
    expectTensors(
      'maps',
      up(0),
      [nine, powers, tensor([1], [0.5])],
      { z: tensor([1, 1, 2, 2], [4310.5, 5421.5, 7643.5, 8754.5]) },
      'convolve flips the weights: hand it flipped ones, by rows and by columns',
    ));

  test('ComputeUp: padding keeps more', () =>
    expectTensors(
      'maps',
      up(1),
      [tensor([1, 1, 1, 2], [1, 2]), powers, zero],
      { z: tensor([1, 1, 2, 3], [1000, 2100, 200, 10, 21, 2]) },
      'hand this.padding to convolve',
    ));

  test('ComputeUp: channels are summed, and the bias is added once', () =>
    expectTensors(
      'maps',
      up(0),
      [tensor([1, 2, 1, 1], [2, 3]), tensor([1, 2, 1, 1], [10, 100]), tensor([1], [5])],
      { z: tensor([1, 1, 1, 1], [325]) },
      'convolve sums over no channel: do that afterwards',
    ));

  test('ComputeUp: two images, two output channels', () =>
    expectTensors(
      'maps',
      up(0),
      [tensor([2, 1, 1, 2], [1, 2, 3, 4]), tensor([2, 1, 1, 1], [1, -1]), tensor([2], [0, 10])],
      { z: tensor([2, 2, 1, 2], [1, 2, 9, 8, 3, 4, 7, 6]) },
      'an axis of size 1 meets all indices of the other: images [N][1][C], weights [1][K][C]',
    ));

  test('ComputeDown: derivatives of the inputs, all terms kept', () =>
    expectTensors(
      'maps',
      down(0),
      [tensor([1, 1, 1, 2], [3, 4]), tensor([1, 1, 2, 3], [0, 0, 0, 0, 0, 0]), powers, zero],
      { dC_by_dinputs: tensor([1, 1, 2, 3], [3, 34, 40, 300, 3400, 4000]) },
      'unflipped weights, and a padding of k − p − 1',
    ));

  test('ComputeDown: derivatives of the inputs with padding', () =>
    expectTensors(
      'maps',
      down(1),
      [tensor([1, 1, 2, 2], [1, 2, 3, 4]), tensor([1, 1, 1, 1], [0]), powers, zero],
      { dC_by_dinputs: tensor([1, 1, 1, 1], [1234]) },
      'a padding of k − p − 1',
    ));

  test('ComputeDown: derivatives of the inputs come from all output channels', () =>
    expectTensors(
      'maps',
      down(0),
      [tensor([1, 2, 1, 1], [1, 2]), tensor([1, 1, 1, 1], [7]), tensor([2, 1, 1, 1], [10, 100]), tensor([2], [0, 0])],
      { dC_by_dinputs: tensor([1, 1, 1, 1], [210]) },
      'sum over the output channels',
    ));

  test('ComputeDown: derivatives of the weights', () =>
    expectTensors(
      'maps',
      down(0),
      [tensor([1, 1, 2, 2], [1, 0, 0, 10]), nine, powers, zero],
      { dC_by_dweights: tensor([1, 1, 2, 2], [40, 51, 73, 84]), dC_by_dbias: tensor([1], [11]) },
      'the inputs with flipped derivatives, and the padding of the way up',
    ));

  test('ComputeDown: weights and bias learn from the mean over the images', () =>
    expectTensors(
      'maps',
      down(0),
      [tensor([2, 1, 1, 1], [1, 3]), tensor([2, 1, 1, 1], [10, 100]), tensor([1, 1, 1, 1], [2]), zero],
      {
        dC_by_dweights: tensor([1, 1, 1, 1], [155]),
        dC_by_dbias: tensor([1], [2]),
        dC_by_dinputs: tensor([2, 1, 1, 1], [2, 6]),
      },
      'divide those of weights and bias by the number of images, not those of the inputs',
    ));
});
