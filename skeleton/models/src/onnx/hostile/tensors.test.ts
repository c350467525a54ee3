import { endInOneLine } from '../../test/endInOneLine.ts';
import {
  chain,
  conv,
  DOUBLE,
  floats,
  INT64,
  int64s,
  kernel,
  message,
  modelOf,
  repeated,
  weights,
  zeros,
} from '../../test/writeOnnx.ts';

endInOneLine('whose tensors are not what they say', [
  [
    'has a tensor of 2^40 numbers without data',
    /at most 32,000,000/,
    () => modelOf([weights('w', [2 ** 20, 2 ** 20]), ...chain(conv())]),
  ],
  [
    'has a tensor of 2^64 numbers',
    /at most 32,000,000/,
    () => modelOf([weights('w', [2n ** 32n, 2n ** 32n]), ...chain(conv())]),
  ],
  [
    'has a tensor of negative size',
    /at most 32,000,000/,
    () => modelOf([weights('w', [-4, -27], zeros(108)), ...chain(conv())]),
  ],
  [
    'has a tensor that is too short',
    /has 40 bytes for 4×3×3×3/,
    () => modelOf([weights('w', [4, 3, 3, 3], zeros(10)), ...chain(conv())]),
  ],
  [
    'has a tensor of a million axes',
    /list of more than/,
    () => modelOf([[5, message([1, new Uint8Array(1e6).fill(1)])], ...chain(conv())]),
  ],
  [
    'has numbers one by one without end',
    /list of more than/,
    () => modelOf([[5, Buffer.concat(repeated(5000, () => Buffer.of(37, 0, 0, 0, 0)))], ...chain(conv())]),
  ],
  ['has a tensor twice', /has the weights "w" twice/, () => modelOf([kernel, kernel, ...chain(conv())])],
  [
    'has weights that are not numbers',
    /"w" holds NaN at place 0; training has diverged/,
    () => modelOf([weights('w', [1, 3, 1, 1], floats(NaN, 0, 0)), ...chain(conv())]),
  ],
  [
    'has weights beyond single precision',
    /"w" holds Infinity/,
    () =>
      modelOf([
        weights('w', [1], new Uint8Array(Float64Array.of(1e300).buffer), { type: DOUBLE }),
        ...chain({ operator: 'Add', inputs: ['w'] }),
      ]),
  ],
  [
    'has weights of text',
    /^pending: .*of type 8/,
    () => modelOf([weights('w', [4, 3, 3, 3], zeros(108), { type: 8 }), ...chain(conv())]),
  ],
  [
    'has integers in millions',
    /holds 1000 integers/,
    () =>
      modelOf([
        weights('w', [1000], int64s(...repeated(1000, Number)), { type: INT64 }),
        ...chain({ operator: 'Reshape', inputs: ['w'] }),
      ]),
  ],
]);
