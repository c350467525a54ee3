import type { Real } from '../../memory/Real.ts';
import type { Backend, Transpose } from '../Backend.ts';

/** Rows and columns of the register block: sixteen sums fit the registers of every current machine. */
const BLOCK = 4;
/** Depth of a packed panel: a strip of A and one of B (2 · 4 · 256 doubles) stay in the first-level cache. */
const DEPTH = 256;

let packedA = new Float64Array(0);
let packedB = new Float64Array(0);

/**
 * The plain TypeScript product: both operands packed into strips of four, sums in double precision for either type of
 * array. Packing makes all four transpositions one loop, and costs little compared with what it saves.
 */
function multiply(
  transA: Transpose,
  transB: Transpose,
  M: number,
  N: number,
  K: number,
  alpha: number,
  A: Real,
  lda: number,
  B: Real,
  ldb: number,
  beta: number,
  C: Real,
  ldc: number,
): void {
  scale(M, N, beta, C, ldc);
  if (alpha === 0) return;
  const strips = Math.ceil(N / BLOCK);
  packedA = grown(packedA, BLOCK * DEPTH);
  packedB = grown(packedB, strips * BLOCK * DEPTH);
  const [rowA, stepA] = transA === 'N' ? [lda, 1] : [1, lda];
  const [rowB, stepB] = transB === 'N' ? [1, ldb] : [ldb, 1];
  for (let k = 0; k < K; k += DEPTH) {
    const depth = Math.min(DEPTH, K - k);
    for (let s = 0; s < strips; s++)
      pack(packedB, s * BLOCK * depth, B, s * BLOCK * rowB + k * stepB, rowB, stepB, N - s * BLOCK, depth);
    for (let i = 0; i < M; i += BLOCK) {
      pack(packedA, 0, A, i * rowA + k * stepA, rowA, stepA, M - i, depth);
      for (let s = 0; s < strips; s++)
        multiplyBlock(
          packedA,
          packedB,
          s * BLOCK * depth,
          depth,
          alpha,
          C,
          i * ldc + s * BLOCK,
          ldc,
          M - i,
          N - s * BLOCK,
        );
    }
  }
}

export const typescriptBackend: Backend = { name: 'typescript', multiply };

const grown = (buffer: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> =>
  buffer.length >= length ? buffer : new Float64Array(length);

/** C = beta · C; zero overwrites, NaN included. */
function scale(M: number, N: number, beta: number, C: Real, ldc: number): void {
  if (beta === 1) return;
  for (let i = 0; i < M; i++) {
    const row = i * ldc;
    if (beta === 0) C.fill(0, row, row + N);
    else for (let j = 0; j < N; j++) C[row + j] *= beta;
  }
}

/** Four rows, side by side: element k of row r lands at 4k + r. Rows that do not exist are zeros. */
function pack(
  packed: Float64Array,
  at: number,
  source: Real,
  first: number,
  row: number,
  step: number,
  rows: number,
  depth: number,
): void {
  if (rows >= BLOCK) {
    const [r1, r2, r3] = [row, 2 * row, 3 * row];
    for (let k = 0, from = first, to = at; k < depth; k++, from += step, to += BLOCK) {
      packed[to] = source[from];
      packed[to + 1] = source[from + r1];
      packed[to + 2] = source[from + r2];
      packed[to + 3] = source[from + r3];
    }
    return;
  }
  for (let k = 0; k < depth; k++) {
    for (let r = 0; r < BLOCK; r++) packed[at + k * BLOCK + r] = r < rows ? source[first + r * row + k * step] : 0;
  }
}

/** Sixteen sums at once: each of eight loaded numbers is used four times. */
function multiplyBlock(
  a: Float64Array,
  b: Float64Array,
  atB: number,
  depth: number,
  alpha: number,
  C: Real,
  atC: number,
  ldc: number,
  rows: number,
  columns: number,
): void {
  let [c00, c01, c02, c03] = [0, 0, 0, 0];
  let [c10, c11, c12, c13] = [0, 0, 0, 0];
  let [c20, c21, c22, c23] = [0, 0, 0, 0];
  let [c30, c31, c32, c33] = [0, 0, 0, 0];
  for (let k = 0, i = 0, j = atB; k < depth; k++, i += BLOCK, j += BLOCK) {
    const [b0, b1, b2, b3] = [b[j], b[j + 1], b[j + 2], b[j + 3]];
    const a0 = a[i];
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    const a1 = a[i + 1];
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    const a2 = a[i + 2];
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    const a3 = a[i + 3];
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }
  addRow(C, atC, columns, alpha, c00, c01, c02, c03);
  if (rows > 1) addRow(C, atC + ldc, columns, alpha, c10, c11, c12, c13);
  if (rows > 2) addRow(C, atC + 2 * ldc, columns, alpha, c20, c21, c22, c23);
  if (rows > 3) addRow(C, atC + 3 * ldc, columns, alpha, c30, c31, c32, c33);
}

function addRow(
  C: Real,
  at: number,
  columns: number,
  alpha: number,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
): void {
  C[at] += alpha * s0;
  if (columns > 1) C[at + 1] += alpha * s1;
  if (columns > 2) C[at + 2] += alpha * s2;
  if (columns > 3) C[at + 3] += alpha * s3;
}
