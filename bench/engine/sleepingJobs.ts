import { findAssignment } from '../../grader/assignments/findAssignments.ts';
import { gradingKey, programDigests } from '../../grader/engines/gradingKey.ts';
import type { Order } from '../../grader/engines/Job.ts';
import type { Ability } from '../../grader/engines/refusal.ts';
import { digestOfSubmission } from '../../grader/intake/digestOfSubmission.ts';
import { ROOT } from '../measureCommand.ts';

const assignment = findAssignment(ROOT, 'conv2d-gemm');

/** What the benchmark's collector and workers agree on. */
export const ability: Ability = {
  assignment,
  program: programDigests(ROOT, assignment),
  gemm: 'wasm',
  isolation: 'strict',
};

const files = new Map([['motivation.md', 'nothing to grade']]);
const digest = digestOfSubmission({ files, unusable: new Map() });

/** The submission of every job, as workers find it. */
export const submissions = { read: async () => JSON.stringify([...files]) };

/** A job that differs from all others by its seed. */
export function orderOf(seed: number): Order {
  const { program, gemm, isolation } = ability;
  const criteria = ['correctness'];
  const key = gradingKey({ submission: digest, program, gemm, isolation, seed, criteria });
  const job = { key, assignment: assignment.id, program, gemm, isolation, seed, criteria, known: [] };
  return { job: { ...job, submission: { digest, absent: [], unusable: [] } }, files };
}
