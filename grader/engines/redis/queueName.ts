import { createHash } from 'node:crypto';
import type { Ability } from '../refusal.ts';

/** The queue of jobs that one kind of worker can make: another version has another queue. */
export function queueName({ assignment, program, gemm, isolation }: Ability): string {
  const parts = JSON.stringify([program.assignment, program.grader, gemm, isolation]);
  return `im2grade-${assignment.id}-${createHash('sha256').update(parts).digest('hex').slice(0, 16)}`;
}
