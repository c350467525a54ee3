import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { kernelsSource } from '../../../scripts/build-kernels.ts';

test('the shipped kernels are what the source compiles to, byte for byte', async () => {
  expect(await kernelsSource()).toBe(readFileSync('skeleton/nn/src/gemm/wasm/binaries.ts', 'utf8'));
}, 60_000);
