import type { Criterion } from '@im2grade/grader/model/assignment.ts';
import type { Finding } from '@im2grade/grader/model/outcome.ts';
import { examination } from './examination.ts';
import type { Sample } from './showsWork.ts';

/**
 * Findings so far, by id: suites run one after another, so the results of a needed criterion are known before this one
 * runs.
 */
export const findings = new Map<string, Finding>();

/** The calls of each criterion that were answered. */
export const samplesOf = new Map<string, Sample[]>();

/** The row of a criterion in the assignment. */
export const rowOf = (id: string): Criterion => examination().criteria.find((candidate) => candidate.id === id)!;
