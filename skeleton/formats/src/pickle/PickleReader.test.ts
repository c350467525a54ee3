import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FormatError } from '../FormatError.ts';
import { Called, Persistent, PickleReader } from './PickleReader.ts';

const ALLOWED = new Set(['collections.OrderedDict', 'torch._utils._rebuild_tensor_v2', 'torch.FloatStorage']);
const read = (bytes: Buffer) => new PickleReader(bytes, 'a.pkl', ALLOWED).read();
const ascii = (text: string) => Buffer.from(text, 'latin1');

/** `{'a': [1, -2, 3.5], 'b': (None, True)}` by Python 3.11, protocol 4. */
const PROTOCOL_4 = ascii(
  '\x80\x04\x95\x2a\x00\x00\x00\x00\x00\x00\x00}\x94(\x8c\x01a\x94]\x94(K\x01J\xfe\xff\xff\xffG@\x0c\x00\x00\x00\x00\x00\x00e\x8c\x01b\x94N\x88\x86\x94u.',
);

test('reads numbers, texts, lists, tuples and dictionaries', () => {
  expect(read(PROTOCOL_4)).toEqual(
    new Map<string, unknown>([
      ['a', [1, -2, 3.5]],
      ['b', [null, true]],
    ]),
  );
});

test('what Python would call is described, and what is stored elsewhere is named', () => {
  const tensor = read(
    ascii(
      '\x80\x02ctorch._utils\n_rebuild_tensor_v2\nq\x00((X\x07\x00\x00\x00storagectorch\nFloatStorage\nK\x04tQK\x00tR.',
    ),
  );
  expect(tensor).toBeInstanceOf(Called);
  const { callee, args } = tensor as Called;
  expect(callee.path).toBe('torch._utils._rebuild_tensor_v2');
  expect(args[0]).toBeInstanceOf(Persistent);
  expect(args[1]).toBe(0);
});

test('a global that is not admitted is refused by its name, however it is written', () => {
  for (const bytes of ['cos\nsystem\n(X\x02\x00\x00\x00idtR.', '\x8c\x02os\x8c\x06system\x93.'])
    expect(() => read(ascii(bytes))).toThrow('a.pkl: the pickle needs os.system, which is not admitted');
});

test('any prefix and any bytes are read or refused in one line', () => {
  const one = (bytes: Buffer) => {
    try {
      read(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      expect((error as Error).message).toMatch(/^a\.pkl: the pickle .+$/);
    }
  };
  for (let length = 0; length < PROTOCOL_4.length; length++)
    expect(() => read(PROTOCOL_4.subarray(0, length))).toThrow(FormatError);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => one(Buffer.from(bytes))));
});

test('a list that is put into itself again and again ends', () => {
  expect(() => read(Buffer.concat([ascii(']q\x00'), Buffer.from('h\x00a'.repeat(1_000_000), 'latin1')]))).toThrow(
    'takes more than 2000000 steps',
  );
});
