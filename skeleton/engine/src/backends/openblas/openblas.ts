import { createRequire } from 'node:module';
import type { NativeGemm, OpenblasProducts } from './openblasMultiply.ts';

const LIBRARY = 'libopenblas.so.0';

/** The part of koffi that is used. */
interface Koffi {
  load(path: string): { func(prototype: string): NativeGemm };
}

let native: OpenblasProducts | undefined;

/** Loads the system's OpenBLAS with a single thread: parallelism is the team's. */
export function loadOpenblas(): OpenblasProducts {
  if (native) return native;
  const koffi = createRequire(import.meta.url)('koffi') as Koffi;
  const library = koffi.load(LIBRARY);
  library.func('void openblas_set_num_threads(int n)')(1);
  const prototype = (name: string, real: string): string =>
    `void ${name}(int order, int transA, int transB, int M, int N, int K, ${real} alpha, const ${real} *A, int lda, ` +
    `const ${real} *B, int ldb, ${real} beta, ${real} *C, int ldc)`;
  native = {
    cblas_sgemm: library.func(prototype('cblas_sgemm', 'float')),
    cblas_dgemm: library.func(prototype('cblas_dgemm', 'double')),
  };
  return native;
}

/** Why OpenBLAS cannot be used here; undefined when it can. */
export function whyNoOpenblas(): string | undefined {
  try {
    loadOpenblas();
    return undefined;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
    return isMissing
      ? 'the package koffi is not installed'
      : `the system has no ${LIBRARY}; on Debian it is in the package libopenblas0-pthread`;
  }
}
