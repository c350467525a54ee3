import { expect, test } from '@jest/globals';
import { FormatError } from '../FormatError.ts';
import { ProtobufReader } from './ProtobufReader.ts';

const reader = (bytes: readonly number[], budget = 100) => new ProtobufReader(Uint8Array.from(bytes), 'a.bin', budget);
const fieldsOf = (bytes: readonly number[]) => [...reader(bytes).fields()];

test('reads integers, texts and numbers by their fields', () => {
  expect(fieldsOf([0x08, 0x96, 0x01])).toEqual([{ number: 1, kind: 'integer', value: 150n }]);
  expect(fieldsOf([0x08, ...new Array<number>(9).fill(0xff), 1])).toEqual([{ number: 1, kind: 'integer', value: -1n }]);
  expect(fieldsOf([0x12, 2, 0x68, 0x69])).toEqual([{ number: 2, kind: 'bytes', value: Uint8Array.of(0x68, 0x69) }]);
  expect(fieldsOf([0x1d, 0, 0, 0x80, 0x3f])).toEqual([{ number: 3, kind: 'float', value: 1 }]);
  expect(fieldsOf([0x21, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f])).toEqual([{ number: 4, kind: 'double', value: 1 }]);
});

test('reads packed integers, as many as are allowed', () => {
  expect(reader([1, 0x96, 0x01]).integers(2)).toEqual([1n, 150n]);
  expect(() => reader([1, 2, 3]).integers(2)).toThrow('a.bin: has a list of more than 2 numbers');
});

test('messages within one another share a budget', () => {
  const outer = reader([0x0a, 2, 0x08, 1, 0x0a, 2, 0x08, 1], 3);
  const read = (): void => {
    for (const field of outer.fields())
      if (field.kind === 'bytes') expect([...outer.within(field.value).fields()]).toHaveLength(1);
  };
  expect(read).toThrow('a.bin: has too many parts');
});

test.each([
  ['a field without a number', [0x00, 1]],
  ['a group', [0x0b]],
  ['an integer without end', [0x08, ...new Array<number>(12).fill(0xff)]],
  ['an integer that is cut off', [0x08, 0x80]],
  ['a text that is longer than the file', [0x0a, 5, 0x61]],
  ['a number that is cut off', [0x1d, 0, 0]],
])('refuses %s', (_, bytes) => {
  expect(() => fieldsOf(bytes)).toThrow(FormatError);
});
