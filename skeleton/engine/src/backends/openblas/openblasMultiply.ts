import type { Multiply, Transpose } from '../Backend.ts';
import { typescriptBackend } from '../typescript/typescriptBackend.ts';
import type { Real } from '../../memory/Real.ts';

const ROW_MAJOR = 101;
const TRANSPOSE: Record<Transpose, number> = { N: 111, T: 112 };

export type NativeGemm = (...given: (number | Real)[]) => void;

/** OpenBLAS's own functions, one for each precision. They may be of another realm. */
export interface OpenblasProducts {
  readonly cblas_sgemm: NativeGemm;
  readonly cblas_dgemm: NativeGemm;
}

// Captured at load, as machine code does not check its arguments: neither a later patch nor a class with its own `length`
// may make it read or write outside an array.
const { apply } = Reflect;
const { min, max } = Math;
const OwnError = Error;
const typedArray = Object.getPrototypeOf(Float64Array.prototype) as object;
const getter = (name: PropertyKey): (() => unknown) => Object.getOwnPropertyDescriptor(typedArray, name)!.get!;
const [lengthOf, tagOf] = [getter('length'), getter(Symbol.toStringTag)];

const tag = (values: Real): unknown => apply(tagOf, values, []);

function requireFits(name: string, values: Real, rows: number, columns: number, ld: number): void {
  const needed = rows === 0 || columns === 0 ? 0 : (rows - 1) * ld + columns;
  if (!((apply(lengthOf, values, []) as number) >= needed && ld >= max(1, columns)))
    throw new RangeError(`gemm: ${name} does not hold ${rows}×${columns}`);
}

const INT_MAX = 2 ** 31 - 1;

/** Products by the system's OpenBLAS, in place wherever the arrays are; with mixed precisions, by plain TypeScript. */
export function openblasMultiply({ cblas_sgemm, cblas_dgemm }: OpenblasProducts): Multiply {
  return (transA, transB, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc) => {
    // Everything becomes a number before the checks, and nothing after them runs a patch or a `valueOf`, which might shrink
    // an array. So no destructuring either, which asks a prototype for an iterator.
    const m = M | 0;
    const n = N | 0;
    const k = K | 0;
    const a = lda | 0;
    const b = ldb | 0;
    const c = ldc | 0;
    const factor = +alpha;
    const kept = +beta;
    if (!(min(m, n, k) >= 0 && max(M, N, K, lda, ldb, ldc) <= INT_MAX))
      throw new RangeError('gemm: sizes must be integers of at least 0');
    const isA = transA === 'T';
    const isB = transB === 'T';
    const opA = isA ? TRANSPOSE.T : TRANSPOSE.N;
    const opB = isB ? TRANSPOSE.T : TRANSPOSE.N;
    requireFits('A', A, isA ? k : m, isA ? m : k, a);
    requireFits('B', B, isB ? n : k, isB ? k : n, b);
    requireFits('C', C, m, n, c);
    const real = tag(C);
    if ((real !== 'Float64Array' && real !== 'Float32Array') || tag(A) !== real || tag(B) !== real)
      return typescriptBackend.multiply(transA, transB, m, n, k, factor, A, a, B, b, kept, C, c);
    const gemm = real === 'Float64Array' ? cblas_dgemm : cblas_sgemm;
    // Some of OpenBLAS's kernels for small matrices multiply by an alpha of 0, which makes NaN of NaN.
    const depth = factor === 0 ? 0 : k;
    try {
      gemm(ROW_MAJOR, opA, opB, m, n, depth, factor, A, a, B, b, kept, C, c);
    } catch {
      // An exception of another realm stays here.
      throw new OwnError('gemm: OpenBLAS cannot be called here');
    }
  };
}
