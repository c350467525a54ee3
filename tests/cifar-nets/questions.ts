import type { Questions } from '@im2grade/kit';

/** The deliverables are files that a training gives: no function of the handout computes them. */
export const questions: Questions = { scenes: {}, answers: {}, onPurpose: {} };
