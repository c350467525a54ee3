import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRandom } from '../numbers/random.ts';
import type { Real } from '../numbers/Real.ts';
import { gemm, type Transpose } from './gemm.ts';

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

const size = fc.integer({ min: 0, max: 9 });
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

test('is the definition, for all sizes, transpositions, factors and leading dimensions', () => {
  fc.assert(
    fc.property(cases, (one) => {
      const { transA, transB, M, N, K, alpha, beta } = one;
      const { A, B, C } = operands(one);
      const before = C.values.slice();
      gemm(transA, transB, M, N, K, alpha, A.values, A.ld, B.values, B.ld, beta, C.values, C.ld);
      const bound = 2 * (K + 3) * (one.single ? 2 ** -24 : 2 ** -53) * (K * 2 + 2);
      for (let i = 0; i < before.length; i++) {
        const [row, column] = [Math.floor(i / C.ld), i % C.ld];
        let expected = before[i];
        if (column < N) {
          let sum = 0;
          for (let k = 0; k < K; k++) {
            const a = A.values[transA === 'N' ? row * A.ld + k : k * A.ld + row];
            const b = B.values[transB === 'N' ? k * B.ld + column : column * B.ld + k];
            sum += a * b;
          }
          expected = alpha * sum + beta * before[i];
        }
        if (!(Math.abs(C.values[i] - expected) <= bound)) return false;
      }
      return true;
    }),
    { numRuns: 500 },
  );
});

test('agrees with itself beyond one block of depth and of strips', () => {
  const random = createRandom(3);
  const [M, N, K] = [13, 11, 700];
  const A = Float64Array.from({ length: M * K }, () => random.uniform(-1, 1));
  const B = Float64Array.from({ length: K * N }, () => random.uniform(-1, 1));
  const C = new Float64Array(M * N);
  gemm('N', 'N', M, N, K, 1, A, K, B, N, 0, C, N);
  for (let i = 0; i < M * N; i++) {
    let sum = 0;
    for (let k = 0; k < K; k++) sum += A[Math.floor(i / N) * K + k] * B[k * N + (i % N)];
    expect(Math.abs(C[i] - sum)).toBeLessThan(1e-12);
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
