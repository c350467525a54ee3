import { expect, test } from '@jest/globals';
import { createSharedMemory } from '../../run/SharedMemory.ts';
import { createStaging } from './staging.ts';

test('what lies between the rows of a result may change meanwhile: another thread writes there', () => {
  const memory = createSharedMemory(8);
  const C = Float64Array.of(1, 2, 3, 4, 5, 6, 7);
  const operand = { values: C, length: 7, reads: true, writes: true, rows: { width: 1, stride: 3 } };
  createStaging(memory).run(8, [operand], ([address]) => {
    new Float64Array(memory.buffer, address, 7).fill(9);
    C[1] = -2;
  });
  expect([...C]).toEqual([9, -2, 3, 9, 5, 6, 9]);
});
