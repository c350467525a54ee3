import { availableParallelism, cpus, totalmem } from 'node:os';
import { type GemmKind, teamSize } from '@im2grade/engine/run';
import type { ScoreReport } from '../model/report.ts';
import { mechanismsOf } from '../isolation/mechanisms.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';

const GEMM_NAME: Record<GemmKind, string> = {
  typescript: 'plain TypeScript',
  wasm: 'WebAssembly SIMD',
  'wasm-fused': 'WebAssembly SIMD with fused multiply-add',
  openblas: 'OpenBLAS',
};

/** The machine and the versions of a grading, for the report. */
export function hostEnvironment(graderVersion: string, gemm: GemmKind, sandbox: Sandbox): ScoreReport['environment'] {
  return {
    grader: graderVersion,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryMiB: Math.round(totalmem() / 1024 / 1024),
    gemm: GEMM_NAME[gemm],
    teamSize: teamSize(undefined),
    digits: 'mnist 1.1.0 (10,000 digits: 6,999 training, 1,005 validation, 1,996 hidden)',
    isolation: { tier: sandbox.tier, means: mechanismsOf(sandbox) },
  };
}
