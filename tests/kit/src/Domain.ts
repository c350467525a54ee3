import type { Visibility } from '@im2grade/grader/model/assignment.ts';

/** Who may see the inputs: public ones may be shown to the submission's student, hidden ones never. */
export type Domain = 'public' | 'hidden';

/** What a criterion is examined on. */
export const domainOf = (visibility: Visibility): Domain => (visibility === 'visible' ? 'public' : 'hidden');

/**
 * The seed of a domain's inputs. The two domains share no input, although their criteria draw from the same generators;
 * the public seed is the grading's own, which is in every report.
 */
export function seedOf(domain: Domain, gradingSeed: number): number {
  if (domain === 'public') return gradingSeed;
  // Scrambled: suites also use the neighbours of a seed.
  let seed = gradingSeed ^ 0x5bd1e995;
  seed = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b);
  seed = Math.imul(seed ^ (seed >>> 13), 0xc2b2ae35);
  return (seed ^ (seed >>> 16)) & 0x7fffffff;
}
