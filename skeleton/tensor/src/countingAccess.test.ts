import { expect, test } from '@jest/globals';
import { countingAccess } from './countingAccess.ts';

const [from, to] = [Float64Array.from({ length: 12 }, (_, i) => i), new Float64Array(12)];

test('rows that are copied are counted by the row', () => {
  expect(
    countingAccess(() => {
      for (let row = 0; row < 3; row++) to.set(from.subarray(row * 4, row * 4 + 4), row * 4);
    }),
  ).toBe(6);
  expect(to).toEqual(from);
});

const [aMap, aSet] = [new Map(from.entries()), new Set(from)];
const generated = (function* () {
  for (;;) yield from.length;
})();

test.each<[string, (i: number) => void]>([
  ['fill', (i) => to.fill(1, i, i + 1)],
  ['set', (i) => to.set([1], i)],
  ['copyWithin', (i) => to.copyWithin(i, i + 1, i + 2)],
  ['DataView', (i) => new DataView(to.buffer).setFloat64(8 * i, 1)],
  ['Reflect', (i) => Reflect.set(to, i, 1)],
  ['defineProperty', (i) => Object.defineProperty(to, i, { value: 1 })],
  ['assign', (i) => Object.assign(to, { [i]: 1 })],
  ['push', (i) => [0].push(i)],
  ['values of a map', (i) => void aMap.get(i)],
  ['members of a set', (i) => void aSet.has(i)],
  ['a generator', () => void (generated.next().value as number)],
  ['a map', (i) => new Map<number, number>().set(i, 1)],
])('single elements by %s are counted by the element', (_, touch) => {
  expect(
    countingAccess(() => {
      for (let i = 0; i < 12; i++) touch(i);
    }),
  ).toBeGreaterThanOrEqual(12);
});

test('afterwards the methods are what they were, whatever happened', () => {
  const { fill } = Float64Array.prototype;
  expect(() =>
    countingAccess(() => {
      throw new RangeError('no');
    }),
  ).toThrow('no');
  expect(Float64Array.prototype.fill).toBe(fill);
});

test('a method that cannot be counted counts as called without end', () => {
  const map = Object.getOwnPropertyDescriptor(Map.prototype, 'set')!;
  const reflect = Reflect.defineProperty;
  Reflect.defineProperty = (owner, name, how) => name !== 'set' && reflect(owner, name, how);
  try {
    expect(countingAccess(() => undefined)).toBe(Infinity);
  } finally {
    Reflect.defineProperty = reflect;
  }
  expect(Object.getOwnPropertyDescriptor(Map.prototype, 'set')).toEqual(map);
});
