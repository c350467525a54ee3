import { availableParallelism, cpus, totalmem } from 'node:os';
import type { ScoreReport } from './model/report.ts';
import { isolationMeans } from './run/limits.ts';

/** What a grading ran on and with, for the report. */
export function hostEnvironment(graderVersion: string): ScoreReport['environment'] {
  return {
    grader: graderVersion,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryMiB: Math.round(totalmem() / 1024 / 1024),
    gemm: 'typescript',
    teamSize: 1,
    digits: 'mnist 1.1.0 (10,000 digits: 6,999 training, 1,005 validation, 1,996 hidden)',
    isolation: { tier: 'reduced', means: isolationMeans() },
  };
}
