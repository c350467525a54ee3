import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useRuntime } from '@im2grade/engine';
import { chooseGemm, createGemm, createSharedMemory, FIRST_FREE_BYTE, SymmetricHeap } from '@im2grade/engine/run';
import { decodeSafetensors, encodeSafetensors } from '@im2grade/formats';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { residualGraph } from './architectures/residualGraph.ts';
import { evaluate } from './evaluate/evaluate.ts';
import type { Graph } from './graph/Graph.ts';
import { readModel } from './readModel.ts';
import { readStateDict } from './torch/readStateDict.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../golden');
const fileIn = (name: string): Uint8Array => readFileSync(join(FOLDER, name));
const Golden = z.record(z.string(), z.object({ shape: z.array(z.number()), logits: z.array(z.number()) }));
const goldenIn = (name: string) => Golden.parse(JSON.parse(Buffer.from(fileIn(name)).toString()));
const PYTORCH = goldenIn('logits.json');
const TENSORFLOW = goldenIn('logits-tfjs.json');
const IMAGES = 3;

/** The images of `write.py`. */
const images = (size: number): Float32Array =>
  Float32Array.from({ length: IMAGES * size }, (_, i) => Number((BigInt(i) * 2654435761n) % 2n ** 32n) / 2 ** 32);

function expectGolden(graph: Graph, { shape, logits }: z.infer<typeof Golden>[string]): void {
  const got = evaluate(graph, images(shape[0] * shape[1] * shape[2]));
  expect(got).toHaveLength(logits.length);
  const largest = Math.max(...logits.map(Math.abs));
  logits.forEach((value, i) => expect(Math.abs(got[i] - value) / largest).toBeLessThan(1e-5));
}

function graphIn(path: string, ...others: readonly string[]): Graph {
  const model = readModel(path, new Map([path, ...others].map((name) => [name, fileIn(name)])));
  if (model.kind !== 'graph') throw new Error(model.reason);
  return model.graph;
}

/** Room for the largest batch. */
const BYTES = 64 * 1024 * 1024;

/** As models are graded: the kernels compute on arrays in their own memory. */
function use(backend: string): void {
  const memory = createSharedMemory(BYTES);
  const heap = new SymmetricHeap(memory.buffer);
  heap.reset(FIRST_FREE_BYTE, false);
  useRuntime({
    backend: createGemm(chooseGemm(backend), memory, memory.buffer),
    allocate: (real, length) => heap.allocate(real, length, 1),
  });
}

describe.each(['ts', 'wasm'])('computed by the backend %s, logits of', (backend) => {
  beforeAll(() => use(backend));
  afterAll(() => useRuntime());

  test.each(Object.keys(PYTORCH))('%s, as PyTorch exports it', (name) => {
    const others = name === 'external' ? ['external.onnx.data'] : [];
    expectGolden(graphIn(`${name}.onnx`, ...others), PYTORCH[name]);
  });

  const options = { input: [3, 20, 24], upscale: 4 };
  const tensors = readStateDict('residual.pth', fileIn('residual.pth'));

  test('a state dict of a residual network', () => {
    expectGolden(residualGraph('residual.pth', tensors, options), PYTORCH['residual']);
  });

  test('the same tensors as safetensors', () => {
    const again = decodeSafetensors(encodeSafetensors(tensors));
    expectGolden(residualGraph('residual.safetensors', again, options), PYTORCH['residual']);
  });

  test.each(Object.keys(TENSORFLOW))('%s, as TensorFlow.js saves it', (name) => {
    expectGolden(graphIn(`${name}.json`, `${name}.bin`), TENSORFLOW[name]);
  });
});
