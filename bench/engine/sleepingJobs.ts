import { findAssignment } from '../../grader/assignments/findAssignments.ts';
import type { Work } from '../../grader/course/GradingRunner.ts';
import { programDigests } from '../../grader/engines/gradingKey.ts';
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

/** Work that differs from all other by its seed. */
export const workOf = (seed: number): Work => ({
  submission: { name: 'bench', digest, files, absent: [], unusable: new Map(), ignored: [], assumed: [] },
  path: 'bench',
  seed,
});

/** What a job came to that slept. */
export const SLEPT = { type: 'ungradable', message: 'no-op' } as const;
