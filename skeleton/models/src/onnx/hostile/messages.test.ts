import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOf } from '../../test/endOf.ts';
import { endInOneLine } from '../../test/endInOneLine.ts';
import {
  chain,
  conv,
  external,
  flat,
  floats,
  graph,
  kernel,
  message,
  model,
  modelOf,
  relu,
  repeated,
  tensor,
  value,
  varint,
  weights,
  zeros,
} from '../../test/writeOnnx.ts';

endInOneLine('that is no model, or hardly one', [
  ['is empty', /is no ONNX model/, () => new Uint8Array()],
  ['is text', /is (damaged|cut off)/, () => Buffer.from('<html>not found</html>')],
  ['claims two gigabytes', /is cut off/, () => Buffer.concat([Uint8Array.of(58), varint(2 ** 31 - 1), zeros(8)])],
  ['claims 2^64 bytes', /is cut off/, () => Buffer.concat([Uint8Array.of(58), varint(2n ** 64n - 1n)])],
  ['has a number without end', /is damaged/, () => new Uint8Array(100).fill(0xff)],
  ['has a million empty fields', /has too many parts/, () => new Uint8Array(2_000_000).map((_, i) => (i % 2 ? 0 : 8))],
  ['has two graphs', /has two graphs/, () => model(graph(chain(flat)), { more: [[7, graph(chain(flat))]] })],
  [
    'has functions of its own',
    /functions of its own/,
    () => model(graph(chain(flat)), { more: [[25, message([1, 'f'])]] }),
  ],
  ['has sparse weights', /sparse weights/, () => modelOf([[15, message()], ...chain(flat)])],
  ['is of opset 99', /^pending: .*opset 99/, () => model(graph(chain(flat)), { opset: 99 })],
  ['has no input', /has 0 inputs/, () => model(message(...chain(flat), [12, value('classes', [1])]))],
  ['has two outputs', /has 2 outputs/, () => modelOf([...chain(flat), [12, value('v1', [1])]])],
  ['has an input of no size', /its input is batch×3×h×w/, () => modelOf(chain(flat), ['batch', 3, 'h', 'w'])],
  [
    'has an input of a size that prints lines',
    /its input is \?\?\?×a\?b×1×1|its input is .*a\?b/,
    () => modelOf(chain(flat), ['\u001b[2J', 'a\nb', 1, 1]),
  ],
  [
    'has an input of a thousand axes',
    /its? input|the input is/,
    () =>
      modelOf(
        chain(flat),
        repeated(1000, () => 1),
      ),
  ],
  ['has an input of 2^60 pixels', /the input is 3×/, () => modelOf(chain(flat), ['batch', 3, 2 ** 30, 2 ** 30])],
  ['has an input of negative size', /the input is/, () => modelOf(chain(flat), ['batch', 3, -8, 8])],
]);

const GOOD = modelOf([
  kernel,
  weights('d', [144, 10], zeros(1440)),
  ...chain(
    conv({ strides: [1, 1], pads: [0, 0, 0, 0] }),
    relu,
    flat,
    { operator: 'MatMul', inputs: ['d'] },
    { operator: 'Softmax' },
  ),
]);

test('a good file is read', () => {
  expect(endOf('m.onnx', { 'm.onnx': GOOD })).toBe('read');
  expect(
    endOf('m.onnx', {
      'm.onnx': modelOf([external('w', 108, { location: './m.data' }), ...chain(relu)]),
      'm.data': zeros(108),
    }),
  ).toBe('read');
});

test('cut off or changed anywhere, a file is read or refused in one line', () =>
  fc.assert(
    fc.property(fc.nat(GOOD.length - 1), fc.nat(255), fc.boolean(), (at, byte, isCut) => {
      const bytes = Uint8Array.from(isCut ? GOOD.subarray(0, at) : GOOD.with(at, byte));
      expect(endOf('m.onnx', { 'm.onnx': bytes })).toMatch(/^(read$|refused: m\.onnx: |pending: m\.onnx: )/);
    }),
    { numRuns: 2000 },
  ));

test('tensors are read as they are written, packed or not', () => {
  const bytes = modelOf([[5, tensor('w', [3, 1, 1], floats(1, 2, 3))], ...chain({ operator: 'Mul', inputs: ['w'] })]);
  expect(endOf('m.onnx', { 'm.onnx': bytes })).toBe('read');
});
