import { allocateReal } from '@im2grade/engine';
import { gemm, type Team } from '@im2grade/nn';
import type { GemmCase } from '../Case.ts';
import { fill, SEEDS, sumOfSquares } from '../data.ts';
import type { Work } from './Work.ts';

/** Each member of the team takes its rows. */
export function product({ M, K, N }: GemmCase, team: Team): Work {
  const A = fill(allocateReal(Float32Array, M * K), SEEDS.a);
  const B = fill(allocateReal(Float32Array, K * N), SEEDS.b);
  const C = allocateReal(Float32Array, M * N);
  const [begin, end] = team.share(M);
  const [rowsA, rowsC] = [A.subarray(begin * K, end * K), C.subarray(begin * N, end * N)];
  return {
    compute() {
      gemm('N', 'N', end - begin, N, K, 1, rowsA, K, B, N, 0, rowsC, N);
      team.barrier();
    },
    digest: () => sumOfSquares(C),
  };
}
