import { expect, test } from '@jest/globals';
import { createSharedMemory } from '../../memory/SharedMemory.ts';
import { createStaging } from './staging.ts';

test('gaps between the rows of a result may change during the call: another thread writes there', () => {
  const memory = createSharedMemory(8);
  const C = Float64Array.of(1, 2, 3, 4, 5, 6, 7);
  const operand = { values: C, length: 7, reads: true, writes: true, rows: { width: 1, stride: 3 } };
  createStaging(memory, memory.buffer).run(8, [operand], ([address]) => {
    new Float64Array(memory.buffer, address, 7).fill(9);
    C[1] = -2;
  });
  expect([...C]).toEqual([9, -2, 3, 9, 5, 6, 9]);
});

test('arrays of a team are used in place, even after another thread has grown the memory', () => {
  const memory = createSharedMemory(8);
  const arena = memory.buffer;
  memory.grow(1);
  const C = new Float64Array(arena, 0, 1);
  const staging = createStaging(memory, arena);
  expect(staging.isInPlace(C, 8)).toBe(true);
  expect(staging.isInPlace(new Float64Array(1), 8)).toBe(false);
});
