import { expect, test } from '@jest/globals';
import { ModelError, UnknownOperator } from './ModelError.ts';
import { orDamaged } from './orDamaged.ts';

const thrownBy = (read: () => unknown): unknown => {
  try {
    return orDamaged('m.onnx', read);
  } catch (error) {
    return error;
  }
};

test('what a reader did not expect is damage, in one line', () => {
  const endless = (): unknown => [endless()];
  for (const read of [endless, () => (undefined as unknown as string).length, () => new Array(-1)]) {
    expect(thrownBy(read)).toBeInstanceOf(ModelError);
    expect((thrownBy(read) as Error).message).toMatch(
      /^m\.onnx: is damaged \([^\n]+\); save or export the model again$/,
    );
  }
});

test('a machine without memory, and what a reader says itself, stay what they are', () => {
  for (const error of [
    new RangeError('Array buffer allocation failed'),
    new RangeError('WebAssembly.Memory(): could not allocate memory'),
    new UnknownOperator('m.onnx: is of opset 99'),
    new ModelError('m.onnx: is not there'),
    new Error('the disk is full'),
  ])
    expect(
      thrownBy(() => {
        throw error;
      }),
    ).toBe(error);
});
