import { type GemmBackend, type Transpose, useGemmBackend } from '@im2grade/nn';
import { requirePeer } from '../contest/requirePeer.ts';
import { serve } from '../contest/serve.ts';
import { explicitForm } from '../nn/explicitForm.ts';
import { prepareWithNn } from '../nn/prepareWithNn.ts';

/** As much of koffi as is used. */
interface Koffi {
  load(library: string): { func(prototype: string): (...args: readonly unknown[]) => unknown };
}

const LIBRARY = 'libopenblas.so.0';
const SGEMM =
  'void cblas_sgemm(int order, int transA, int transB, int M, int N, int K, float alpha, const float *A, int lda, ' +
  'const float *B, int ldb, float beta, float *C, int ldc)';

/** The constants of CBLAS. */
const ROW_MAJOR = 101;
const code = (transpose: Transpose): number => (transpose === 'N' ? 111 : 112);

/** `nn` with the system's OpenBLAS in place of its kernels; as many threads as OPENBLAS_NUM_THREADS says. */
await serve(() => {
  const library = load();
  const sgemm = library.func(SGEMM);
  const backend: GemmBackend = {
    name: 'openblas',
    multiply: (transA, transB, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc) =>
      void sgemm(ROW_MAJOR, code(transA), code(transB), M, N, K, alpha, A, lda, B, ldb, beta, C, ldc),
  };
  useGemmBackend(backend);
  const [name, version] = String(library.func('const char *openblas_get_config()')()).split(' ');
  const core = String(library.func('const char *openblas_get_corename()')());
  return {
    version: `${name} ${version} for ${core}`,
    prepare: (what) => prepareWithNn(what, Float32Array, explicitForm),
  };
});

function load() {
  const koffi = requirePeer<Koffi>('koffi');
  try {
    return koffi.load(LIBRARY);
  } catch (error) {
    throw new Error(`${LIBRARY} does not load: apt-get install libopenblas0-pthread`, { cause: error });
  }
}
