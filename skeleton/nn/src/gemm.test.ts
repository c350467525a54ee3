import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRandom } from './numbers/random.ts';
import type { Real, Transpose } from '@im2grade/engine';
import { absence, createImplementations } from '../../engine/src/test/implementations.ts';
import { useRuntime } from '@im2grade/engine';
import { gemm } from './gemm.ts';

const parties = createImplementations(65536);

interface Case {
  transA: Transpose;
  transB: Transpose;
  M: number;
  N: number;
  K: number;
  alpha: number;
  beta: number;
  wider: number;
  single: boolean;
  seed: number;
}

// Beyond the twelve rows of the tallest tile.
const size = fc.integer({ min: 0, max: 14 });
const factor = fc.constantFrom(0, 1, -1, 0.5, 2);
const trans = fc.constantFrom<Transpose>('N', 'T');
const cases: fc.Arbitrary<Case> = fc.record({
  transA: trans,
  transB: trans,
  M: size,
  N: size,
  K: size,
  alpha: factor,
  beta: factor,
  wider: fc.integer({ min: 0, max: 3 }),
  single: fc.boolean(),
  seed: fc.nat(),
});

/** Operands with room between their rows, filled with what must not be touched. */
function operands({ transA, transB, M, N, K, wider, single, seed }: Case) {
  const random = createRandom(seed);
  const matrix = (rows: number, columns: number) => {
    const ld = Math.max(1, columns) + wider;
    const values = Float64Array.from({ length: rows * ld }, () => random.uniform(-1, 1));
    return { values: (single ? Float32Array.from(values) : values) as Real, ld };
  };
  const A = transA === 'N' ? matrix(M, K) : matrix(K, M);
  const B = transB === 'N' ? matrix(K, N) : matrix(N, K);
  return { A, B, C: matrix(M, N) };
}

/** Computes one case by `gemm` and by three loops; room between the rows must stay as it was. */
function isTheDefinition(one: Case): boolean {
  const { transA, transB, M, N, K, alpha, beta } = one;
  const { A, B, C } = operands(one);
  const before = C.values.slice();
  gemm(transA, transB, M, N, K, alpha, A.values, A.ld, B.values, B.ld, beta, C.values, C.ld);
  const bound = 2 * (K + 3) * (one.single ? 2 ** -24 : 2 ** -53) * (K * 2 + 2);
  const [rowA, columnA] = transA === 'N' ? [A.ld, 1] : [1, A.ld];
  const [rowB, columnB] = transB === 'N' ? [B.ld, 1] : [1, B.ld];
  for (let i = 0; i < before.length; i++) {
    const [row, column] = [Math.floor(i / C.ld), i % C.ld];
    let expected = before[i];
    if (column < N) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += A.values[row * rowA + k * columnA] * B.values[k * rowB + column * columnB];
      expected = alpha * sum + beta * before[i];
    }
    if (!(Math.abs(C.values[i] - expected) <= bound)) return false;
  }
  return true;
}

if (absence) test.skip(`openblas: ${absence}`, () => {});

describe.each(parties)('$name', ({ backend }) => {
  beforeAll(() => useRuntime({ backend }));
  afterAll(() => useRuntime());

  test('is the definition, for all sizes, transpositions, factors and leading dimensions', () => {
    fc.assert(
      fc.property(cases, (one) => isTheDefinition(one)),
      { numRuns: 500 },
    );
  });

  // Beyond one block of depth, of rows and of columns, with a rest of each.
  test.each([
    { M: 13, N: 11, K: 700 },
    { M: 61, N: 70, K: 513 },
    { M: 130, N: 257, K: 5 },
    { M: 7, N: 300, K: 1030 },
  ])('… $M×$N×$K too', (sizes) => {
    for (const [transA, transB, single] of [
      ['N', 'N', false],
      ['T', 'N', true],
      ['N', 'T', true],
      ['T', 'T', false],
    ] as const) {
      const one = { ...sizes, transA, transB, single, alpha: -0.5, beta: 2, wider: 1, seed: 3 };
      expect(isTheDefinition(one)).toBe(true);
    }
  });

  describe('special factors', () => {
    const one = Float64Array.of(2);

    test('beta = 0 overwrites: NaN in C does not survive', () => {
      const C = Float64Array.of(NaN);
      gemm('N', 'N', 1, 1, 1, 1, one, 1, one, 1, 0, C, 1);
      expect([...C]).toEqual([4]);
    });

    test('K = 0 scales C only', () => {
      const C = Float64Array.of(3);
      gemm('N', 'N', 1, 1, 0, 1, one, 1, one, 1, 0.5, C, 1);
      expect([...C]).toEqual([1.5]);
    });

    test('alpha = 0 does not look at A and B', () => {
      const C = Float64Array.of(3);
      gemm('N', 'N', 1, 1, 1, 0, Float64Array.of(NaN), 1, one, 1, 1, C, 1);
      expect([...C]).toEqual([3]);
    });
  });
});

test.each(parties)('$name uses operands in its memory in place', ({ backend, memory }) => {
  const [A, B, C] = [65536, 65600, 65664].map(
    (offset) => new Float64Array(memory ?? new SharedArrayBuffer(131072), offset, 4),
  );
  A.set([1, 2, 3, 4]);
  B.set([5, 6, 7, 8]);
  C.fill(NaN);
  backend.multiply('N', 'T', 2, 2, 2, 1, A, 2, B, 2, 0, C, 2);
  expect([...C]).toEqual([17, 23, 39, 53]);
  expect([...A, ...B]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test.each(parties)('$name: operands of two precisions give one of that of C', ({ backend }) => {
  const C = new Float64Array(1);
  backend.multiply('N', 'N', 1, 1, 2, 1, Float32Array.of(2, 3), 2, Float64Array.of(0.1, 0.2), 1, 0, C, 1);
  expect(C[0]).toBeCloseTo(0.8, 12);
});

test.each([
  [
    'M',
    () => gemm('N', 'N', -1, 1, 1, 1, new Float64Array(1), 1, new Float64Array(1), 1, 0, new Float64Array(1), 1),
    /M = -1 must be an integer/,
  ],
  [
    'lda',
    () => gemm('N', 'N', 1, 1, 3, 1, new Float64Array(3), 2, new Float64Array(3), 1, 0, new Float64Array(1), 1),
    /lda = 2 must be at least 3/,
  ],
  [
    'B',
    () => gemm('N', 'T', 1, 2, 3, 1, new Float64Array(3), 3, new Float64Array(5), 3, 0, new Float64Array(2), 2),
    /B has 5 elements; 2×3 with ldb = 3 needs 6/,
  ],
])('an argument that does not fit is named: %s', (_, call, message) => expect(call).toThrow(message));
