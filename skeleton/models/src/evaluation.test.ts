import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { evaluate } from './evaluate/evaluate.ts';
import type { Graph } from './graph/Graph.ts';
import { packGraph, unpackGraph } from './graph/packGraph.ts';
import { readOnnx } from './onnx/readOnnx.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const graphOf = (name: string): Graph =>
  readOnnx('m.onnx', new Map([['m.onnx', readFileSync(join(HERE, '../golden', `${name}.onnx`))]]));
const images = (graph: Graph): Float32Array =>
  Float32Array.from({ length: 2 * graph.input.shape.reduce((a, b) => a * b, 1) }, (_, i) => ((i * 7919) % 256) / 256);

const NETS = ['activations', 'pools', 'preserved', 'squeezed'];
let program = '';

beforeAll(async () => {
  const built = await build({
    entryPoints: [join(HERE, 'evaluation.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'models',
  });
  program = built.outputFiles[0].text;
});

test.each(NETS)('%s is the same after it was packed', (name) => {
  const graph = graphOf(name);
  expect(evaluate(unpackGraph(packGraph(graph)), images(graph))).toEqual(evaluate(graph, images(graph)));
});

test.each(NETS)('%s is computed in a realm that has ECMAScript and nothing else', (name) => {
  const graph = graphOf(name);
  const given = { ...packGraph(graph), images: images(graph) };
  // A process gets its arrays as its own.
  const realm = createContext({ structure: given.structure, numbers: [...given.numbers], images: [...given.images] });
  const logits: unknown = runInContext(
    `${program}; Array.from(models.evaluate(
      models.unpackGraph({ structure, numbers: Float32Array.from(numbers) }), Float32Array.from(images)))`,
    realm,
  );
  expect(Array.from(logits as number[])).toEqual([...evaluate(graph, images(graph))]);
});

test('what computes a model brings none of its readers along', () => {
  expect(program).not.toMatch(/zod|TextDecoder|PickleReader|ProtobufReader/);
});
