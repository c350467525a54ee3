import { endInOneLine } from '../../test/endInOneLine.ts';
import {
  chain,
  conv,
  flat,
  floats,
  graph,
  kernel,
  model,
  modelOf,
  node,
  relu,
  repeated,
  sizes,
  weights,
  zeros,
} from '../../test/writeOnnx.ts';

/** Adds the axes `s` to weights. */
const unsqueezed = (name: string) => [node({ operator: 'Unsqueeze', inputs: [name, 's'], output: 'u1' })];

endInOneLine('whose sizes do not fit or are too much', [
  [
    'does not fit its input',
    /has weights 4×5×3×3 in 1 groups for 3 channels/,
    () => modelOf([weights('w', [4, 5, 3, 3], zeros(180)), ...chain(conv())]),
  ],
  [
    'has a window larger than the image',
    /has a window of 9 rows on a padded image of 8/,
    () => modelOf([weights('w', [1, 3, 9, 1], zeros(27)), ...chain(conv())]),
  ],
  ['has a stride of 0', /has a stride of 0/, () => modelOf([kernel, ...chain(conv({ strides: [0, 1] }))])],
  [
    'has a dilation of 2^31',
    /has a window of|pads/,
    () => modelOf([kernel, ...chain(conv({ dilations: [2 ** 31, 1] }))]),
  ],
  [
    'has 64 axes',
    /brings the model to 63 axes; at most 6/,
    () => modelOf([sizes('s', 0, 192, ...repeated(62, () => 1)), ...chain({ operator: 'Reshape', inputs: ['s'] })]),
  ],
  [
    'has weights of 64 axes',
    /the tensor "w" has 64 axes; at most 7 are read/,
    () =>
      modelOf([
        weights(
          'w',
          repeated(64, () => 1),
          floats(1),
        ),
        ...chain({ operator: 'Add', inputs: ['w'] }),
      ]),
  ],
  [
    'makes weights of 62 axes',
    /node "r" \(Reshape\) makes 62 axes; at most 7 are read/,
    () =>
      modelOf([
        ...[sizes('s', ...repeated(62, () => 1)), weights('w', [1], floats(1))],
        node({ operator: 'Reshape', inputs: ['w', 's'], output: 'r' }),
        ...chain(relu),
      ]),
  ],
  [
    'adds thousands of axes to weights again and again',
    /node "u1" \(Unsqueeze\) names 4096 axes; at most 7 are read/,
    () =>
      model(
        graph([
          weights('u0', [1], floats(1)),
          ...repeated(20, (i) =>
            node({
              ...{ operator: 'Unsqueeze', inputs: [`u${i}`], output: `u${i + 1}` },
              attributes: { axes: repeated(4096, () => 0) },
            }),
          ),
          ...chain(relu),
        ]),
        { opset: 11 },
      ),
  ],
  [
    'adds seven axes to weights again and again',
    /node "u1" \(Unsqueeze\) makes 8 axes/,
    () => modelOf([weights('w', [1], floats(1)), sizes('s', 0, 1, 2, 3, 4, 5, 6), ...unsqueezed('w'), ...chain(relu)]),
  ],
  [
    'adds an axis to weights twice',
    /node "u1" \(Unsqueeze\) names an axis twice among 0, -2/,
    () => modelOf([weights('w', [], floats(1)), sizes('s', 0, -2), ...unsqueezed('w'), ...chain(relu)]),
  ],
  [
    'adds an axis to an image twice',
    /\(Unsqueeze\) names an axis twice among 1, 1/,
    () => modelOf([sizes('s', 1, 1), ...chain({ operator: 'Unsqueeze', inputs: ['s'] })]),
  ],
  [
    'turns weights with thousands of axes',
    /node "t" \(Transpose\) has perm 0×1×.* for 2×2/,
    () =>
      modelOf([
        weights('w', [2, 2], zeros(4)),
        node({
          ...{ operator: 'Transpose', inputs: ['w'], output: 't' },
          attributes: { perm: repeated(4096, (i) => i) },
        }),
        ...chain(relu),
      ]),
  ],
  [
    'turns weights along an axis twice',
    /node "t" \(Transpose\) names an axis twice among 1, 1/,
    () =>
      modelOf([
        weights('w', [2, 2], zeros(4)),
        node({ operator: 'Transpose', inputs: ['w'], output: 't', attributes: { perm: [1, 1] } }),
        ...chain(relu),
      ]),
  ],
  [
    'squeezes weights along a wide axis',
    /node "q" \(Squeeze\) squeezes 1×2 along an axis of 2/,
    () =>
      modelOf([
        ...[weights('w', [1, 2], zeros(2)), sizes('s', 1)],
        node({ operator: 'Squeeze', inputs: ['w', 's'], output: 'q' }),
        ...chain(relu),
      ]),
  ],
  [
    'takes a long row thousands of times',
    /node "g" \(Gather\) makes a long list/,
    () =>
      modelOf([
        ...[weights('w', [1, 4096], zeros(4096)), sizes('i', ...repeated(64, () => 0))],
        node({ operator: 'Gather', inputs: ['w', 'i'], output: 'g' }),
        ...chain(relu),
      ]),
  ],
  ['pads by a million', /pads its rows by 1000000/, () => modelOf([kernel, ...chain(conv({ pads: [1e6, 0, 0, 0] }))])],
  [
    'pads by less than nothing',
    /pads its rows by -1/,
    () => modelOf([kernel, ...chain(conv({ pads: [-1, 0, 0, 0] }))]),
  ],
  [
    'pools with a window of 0',
    /has a size of 0/,
    () => modelOf(chain({ operator: 'MaxPool', attributes: { kernel_shape: [0, 2] } })),
  ],
  [
    'pads an image to gigabytes',
    /at most 4,000,000/,
    () => modelOf([sizes('p', 0, 0, 1e6, 1e6, 0, 0, 1e6, 1e6), ...chain({ operator: 'Pad', inputs: ['p'] })]),
  ],
  [
    'resizes to 2^30 pixels',
    /resizes to|at most 4,000,000/,
    () => modelOf([sizes('s', 1, 3, 2 ** 15, 2 ** 15), ...chain({ operator: 'Resize', inputs: ['', '', 's'] })]),
  ],
  [
    'expands to 2^30 numbers',
    /^pending: .*\(Expand\)/,
    () => modelOf([sizes('s', 1, 1024, 1024, 1024), ...chain({ operator: 'Expand', inputs: ['s'] })]),
  ],
  [
    'makes a constant of 8 billion numbers',
    /makes 2000×2000×2000 numbers/,
    () =>
      modelOf([
        sizes('s', 2000, 2000, 2000),
        node({ operator: 'ConstantOfShape', inputs: ['s'], output: 'c' }),
        ...chain({ operator: 'Add', inputs: ['c'] }),
      ]),
  ],
  [
    'doubles a list of sizes again and again',
    /makes a long list/,
    () =>
      modelOf([
        sizes('s0', 1, 1),
        ...repeated(60, (i) =>
          node({ operator: 'Concat', inputs: [`s${i}`, `s${i}`], output: `s${i + 1}`, attributes: { axis: 0 } }),
        ),
        ...chain(flat),
      ]),
  ],
  [
    'doubles an image again and again',
    /brings the model to|at most 4,000,000/,
    () =>
      modelOf([
        node({ operator: 'Relu', inputs: ['images'], output: 'd0' }),
        ...repeated(60, (i) =>
          node({ operator: 'Concat', inputs: [`d${i}`, `d${i}`], output: `d${i + 1}`, attributes: { axis: 1 } }),
        ),
      ]),
  ],
  [
    'multiplies rows by columns',
    /at most 4,000,000/,
    () =>
      modelOf([
        weights('a', [1, 3000, 1], zeros(3000)),
        weights('b', [1, 1, 3000], zeros(3000)),
        ...chain(
          { operator: 'ReduceMean', attributes: { axes: [2, 3] } },
          { operator: 'Add', inputs: ['a'] },
          { operator: 'Add', inputs: ['b'] },
        ),
      ]),
  ],
  [
    'moves weights again and again',
    /its tensors have more than/,
    () =>
      modelOf([
        weights('w0', [1000, 1000], zeros(1e6)),
        ...repeated(900, (i) => node({ operator: 'Transpose', inputs: [`w${i}`], output: `w${i + 1}` })),
        ...chain(flat),
      ]),
  ],
  [
    'uses large weights a thousand times',
    /brings the model to .* parameters/,
    () =>
      modelOf([
        weights('w', [192, 10_000], zeros(1_920_000)),
        weights('v', [10_000, 192], zeros(1_920_000)),
        ...chain(flat, ...repeated(900, (i) => ({ operator: 'MatMul', inputs: [i % 2 ? 'v' : 'w'] }))),
      ]),
  ],
  [
    'convolves for hours',
    /brings the model to .* multiply-adds an image/,
    () =>
      modelOf(
        [
          weights('w', [60, 60, 9, 9], zeros(291_600)),
          weights('f', [60, 3, 1, 1], zeros(180)),
          ...chain({ operator: 'Conv', inputs: ['f'] }, ...repeated(20, () => conv({ pads: [4, 4, 4, 4] }))),
        ],
        ['n', 3, 250, 250],
      ),
  ],
  [
    'mixes images by its shape',
    /makes 192×1 of all images|makes -1×12×16|which mixes/,
    () => modelOf([sizes('s', -1, 12, 8), ...chain({ operator: 'Reshape', inputs: ['s'] })]),
  ],
  [
    'moves the axis of the images',
    /moves the axis of the images/,
    () => modelOf(chain({ operator: 'Transpose', attributes: { perm: [1, 0, 2, 3] } })),
  ],
  [
    'has axes that are there twice',
    /has the axes/,
    () => modelOf(chain({ operator: 'Transpose', attributes: { perm: [0, 1, 1, 2] } })),
  ],
  [
    'takes the mean of all images',
    /mixes images/,
    () => modelOf(chain({ operator: 'ReduceMean', attributes: { axes: [0, 2] } })),
  ],
  [
    'adds numbers for each image',
    /mixes them/,
    () => modelOf([weights('w', [2, 3, 8, 8], zeros(384)), ...chain({ operator: 'Add', inputs: ['w'] })]),
  ],
  [
    'takes a size that is not there',
    /takes a number that is not there/,
    () =>
      modelOf([
        sizes('i', 9),
        node({ operator: 'Shape', inputs: ['images'], output: 's' }),
        node({ operator: 'Gather', inputs: ['s', 'i'], output: 'g' }),
        ...chain(flat),
      ]),
  ],
  [
    'is in training mode',
    /is in training mode; call model\.eval\(\)/,
    () =>
      modelOf([
        weights('w', [3], floats(1, 1, 1)),
        ...chain({ operator: 'BatchNormalization', inputs: ['w', 'w', 'w', 'w'], attributes: { training_mode: 1 } }),
      ]),
  ],
  [
    'has a negative variance',
    /has a variance that is not positive/,
    () =>
      modelOf([
        weights('w', [3], floats(-1, -1, -1)),
        ...chain({ operator: 'BatchNormalization', inputs: ['w', 'w', 'w', 'w'] }),
      ]),
  ],
]);
