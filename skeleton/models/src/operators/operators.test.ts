import { createGemm, createSharedMemory } from '@im2grade/engine/run';
import { createRandom, useRuntime } from '@im2grade/nn';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { conversion, rowMajor } from '../evaluate/Layout.ts';
import { elementsOf, type Shape } from '../graph/Shape.ts';
import type { Convolution } from './convolution.ts';
import { type Operation, prepared, shapeOf } from './Operation.ts';
import type { Pooling } from './pooling.ts';
import { extentOf, type Pair, type Window } from './Window.ts';

const IMAGES = 2;

/** Numbers by a seed, small enough that sums stay exact to a few digits. */
function numbers(count: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: count }, () => random.uniform(-1, 1));
}

/** What an operation does not write is not a number. */
const spoiled = (length: number): Float32Array => new Float32Array(length).fill(NaN);

/** Computes an operation on values whose axes are stored in an order. */
function compute(operation: Operation, shape: Shape, values: Float32Array, order: readonly number[]): Float32Array {
  const output = shapeOf(operation, [shape]);
  const layout = { shape, order };
  const { layout: result, run } = prepared(operation, [layout], output);
  const given = conversion(rowMajor(shape), layout)(values, IMAGES, spoiled);
  return conversion(result, rowMajor(output))(run([given], IMAGES, spoiled), IMAGES, spoiled);
}

const pair = (min: number, max: number): fc.Arbitrary<Pair> =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));
const windows = (padding: number): fc.Arbitrary<Window> =>
  fc.record({
    size: pair(1, 3),
    strides: pair(1, 3),
    dilations: pair(1, 2),
    padding: fc.tuple(pair(0, padding), pair(0, padding)),
  });
const orders = fc.constantFrom([0, 1, 2], [1, 2, 0], [2, 0, 1]);

const padded = ({ padding: [y, x] }: Window, [, Y, X]: Shape): Pair => [Y + y[0] + y[1], X + x[0] + x[1]];

/** Visits the elements of each window that are in the image. */
function eachElement(
  { size, strides, dilations, padding }: Window,
  [, Y, X]: Shape,
  [, OpY, OpX]: Shape,
  visit: (place: number, pixel: number, element: number) => void,
): void {
  for (let oy = 0; oy < OpY; oy++)
    for (let ox = 0; ox < OpX; ox++)
      for (let ky = 0; ky < size[0]; ky++)
        for (let kx = 0; kx < size[1]; kx++) {
          const y = oy * strides[0] - padding[0][0] + ky * dilations[0];
          const x = ox * strides[1] - padding[1][0] + kx * dilations[1];
          if (y >= 0 && y < Y && x >= 0 && x < X) visit(oy * OpX + ox, y * X + x, ky * size[1] + kx);
        }
}

const convolutions = fc
  .record({
    window: windows(1),
    image: fc.tuple(fc.integer({ min: 5, max: 9 }), fc.integer({ min: 5, max: 9 })),
    groups: fc.integer({ min: 1, max: 3 }),
    channels: pair(1, 2),
    seed: fc.nat(),
    hasBiases: fc.boolean(),
  })
  .map(({ window, image, groups, channels: [each, out], seed, hasBiases }) => {
    const shape = [out * groups, each, ...window.size];
    const weights = { shape, values: numbers(elementsOf(shape), seed) };
    const biases = hasBiases ? numbers(out * groups, seed + 1) : undefined;
    const operation: Convolution = { kind: 'convolution', weights, biases, window, groups };
    return { operation, shape: [each * groups, ...image], seed };
  });

function naiveConvolution({ weights, biases, window, groups }: Convolution, shape: Shape, images: Float32Array) {
  const output = shapeOf({ kind: 'convolution', weights, biases, window, groups }, [shape]);
  const [C, K] = [shape[0], output[0]];
  const [pixels, places, area] = [shape[1] * shape[2], output[1] * output[2], window.size[0] * window.size[1]];
  const [each, out] = [C / groups, K / groups];
  const result = Float32Array.from(
    { length: IMAGES * K * places },
    (_, i) => biases?.[Math.floor(i / places) % K] ?? 0,
  );
  for (let n = 0; n < IMAGES; n++)
    for (let k = 0; k < K; k++)
      for (let c = 0; c < each; c++)
        eachElement(window, shape, output, (place, pixel, element) => {
          const channel = Math.floor(k / out) * each + c;
          result[(n * K + k) * places + place] +=
            images[(n * C + channel) * pixels + pixel] * weights.values[(k * each + c) * area + element];
        });
  return result;
}

function expectClose(got: Float32Array, expected: Float32Array): void {
  expect(got).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(Math.abs(got[i] - value)).toBeLessThan(1e-5));
}

test('convolutions of any geometry and in any layout are what their definition says', () =>
  fc.assert(
    fc.property(convolutions, orders, ({ operation, shape, seed }, order) => {
      fc.pre(padded(operation.window, shape).every((size, axis) => size >= extentOf(operation.window, axis as 0 | 1)));
      const images = numbers(IMAGES * elementsOf(shape), seed + 2);
      expectClose(compute(operation, shape, images, order), naiveConvolution(operation, shape, images));
    }),
    { numRuns: 300 },
  ));

function naivePooling(operation: Pooling, shape: Shape, images: Float32Array): Float32Array {
  const output = shapeOf(operation, [shape]);
  const { window, countsPadding } = operation;
  const [C, pixels, places] = [shape[0], shape[1] * shape[2], output[1] * output[2]];
  const [rows, columns] = padded(window, shape);
  const isMax = operation.function === 'max';
  const result = new Float32Array(IMAGES * C * places).fill(isMax ? -Infinity : 0);
  for (let plane = 0; plane < IMAGES * C; plane++) {
    const counts = new Array<number>(places).fill(0);
    eachElement(window, shape, output, (place, pixel) => {
      const [at, value] = [plane * places + place, images[plane * pixels + pixel]];
      result[at] = isMax ? Math.max(result[at], value) : result[at] + value;
      counts[place]++;
    });
    for (let place = 0; place < places && !isMax; place++) {
      const [oy, ox] = [Math.floor(place / output[2]), place % output[2]];
      const inside = (at: number, axis: 0 | 1, size: number): number =>
        Math.min(window.size[axis], size - at * window.strides[axis]);
      const counted = countsPadding ? inside(oy, 0, rows) * inside(ox, 1, columns) : counts[place];
      result[plane * places + place] /= counted;
    }
  }
  return result;
}

/** In WebAssembly, as models are graded. */
const memory = createSharedMemory(16 * 1024 * 1024);
const KERNELS = createGemm('wasm', memory, memory.buffer);

test.each([
  ['in plain TypeScript', {}],
  ['by the kernels', { backend: KERNELS }],
])('pooling of any geometry and in any layout is what its definition says, %s', (_, runtime) => {
  useRuntime(runtime);
  fc.assert(
    fc.property(
      windows(2).map((window) => ({ ...window, dilations: [1, 1] as const })),
      fc.record({ function: fc.constantFrom('max', 'mean'), ceil: fc.boolean(), countsPadding: fc.boolean() }),
      fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 3, max: 8 }), fc.integer({ min: 3, max: 8 })),
      orders,
      fc.nat(),
      (window, options, shape, order, seed) => {
        fc.pre(window.padding.every((sides, axis) => sides.every((side) => side < window.size[axis])));
        const operation = { kind: 'pooling', window, ...options } as Pooling;
        const images = numbers(IMAGES * elementsOf(shape), seed);
        expectClose(compute(operation, shape, images, order), naivePooling(operation, shape, images));
      },
    ),
    { numRuns: 300 },
  );
  useRuntime();
});

const PLAIN: readonly Operation[] = [
  { kind: 'activation', function: 'tanh', alpha: 0, beta: 0 },
  { kind: 'activation', function: 'leaky-relu', alpha: 0.1, beta: 0 },
  { kind: 'softmax', axis: 1, logarithm: true },
  { kind: 'transpose', order: [2, 0, 1] },
  { kind: 'reshape', shape: [12, 2] },
  { kind: 'reduction', function: 'mean', axes: [1], keepsAxes: false },
  { kind: 'reduction', function: 'max', axes: [0, 2], keepsAxes: true },
  {
    kind: 'padding',
    padding: [
      [1, 0],
      [2, 1],
    ],
    value: 3,
  },
  {
    kind: 'arithmetic',
    function: 'divide',
    constant: { value: { shape: [3, 1], values: Float32Array.of(1, 2, 3) }, isFirst: true },
  },
  { kind: 'batch-norm', ...batchNorm(2) },
  { kind: 'dense', weights: { shape: [4, 5], values: numbers(20, 1) }, biases: numbers(5, 2) },
];

function batchNorm(count: number) {
  const [scale, shift, mean] = [3, 4, 5].map((seed) => numbers(count, seed));
  return { scale, shift, mean, variance: numbers(count, 6).map(Math.abs), epsilon: 0.1 };
}

test.each(PLAIN.map((operation) => [operation.kind, operation] as const))(
  'the layout of its input does not matter to %s',
  (_, operation) => {
    const shape = [2, 3, 4];
    const values = numbers(IMAGES * 24, 7);
    const expected = compute(operation, shape, values, [0, 1, 2]);
    expect(expected.every(Number.isFinite)).toBe(true);
    for (const order of [
      [1, 2, 0],
      [2, 1, 0],
      [2, 0, 1],
    ])
      expectClose(compute(operation, shape, values, order), expected);
  },
);

test('a softmax sums to one along its axis, whatever is large', () => {
  const values = numbers(IMAGES * 24, 8).map((value) => value * 1000);
  const result = compute({ kind: 'softmax', axis: 2, logarithm: false }, [2, 3, 4], values, [0, 1, 2]);
  for (let at = 0; at < result.length; at += 4)
    expect(result.subarray(at, at + 4).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
});
