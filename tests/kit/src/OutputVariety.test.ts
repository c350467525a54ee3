import { expect, test } from '@jest/globals';
import { OutputVariety } from './OutputVariety.ts';

const seeing = (...outputs: (Float64Array | Float32Array | Uint8Array)[]): boolean => {
  const variety = new OutputVariety();
  for (const output of outputs) variety.see([output]);
  return variety.isConstant;
};

test.each([
  ['zeros of both signs', [Float64Array.of(0, -0), Float32Array.of(0)]],
  ['nothing but NaN', [Float64Array.of(NaN, NaN)]],
  ['one number in all calls', [Float64Array.of(3), Float64Array.of(3, 3)]],
])('%s are constant', (_, outputs) => expect(seeing(...outputs)).toBe(true));

test.each([
  ['different numbers in one call', [Float64Array.of(0, 1)]],
  ['different numbers in two calls', [Float64Array.of(0), Float64Array.of(1)]],
  ['no numbers', []],
  ['empty outputs', [Float64Array.of()]],
  ['digits, which may all be the same', [Uint8Array.of(0, 0)]],
])('%s are not', (_, outputs) => expect(seeing(...outputs)).toBe(false));

test('what was seen before does not count', () => {
  const variety = new OutputVariety();
  variety.see([Float64Array.of(0, 1)]);
  variety.forget();
  variety.see([Float64Array.of(0, 0)]);
  expect(variety.isConstant).toBe(true);
});
