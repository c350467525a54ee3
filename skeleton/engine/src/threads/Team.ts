import type { Real } from '../memory/Real.ts';

/**
 * The threads that run one function together, as in an OpenMP parallel region: every member runs the same code on the
 * same arrays and does its share.
 */
export interface Team {
  /** 0 … size − 1. */
  readonly rank: number;
  readonly size: number;
  /** This member's part [begin, end) of 0 … n − 1; the parts of all members cover it without overlap. */
  share(n: number): [begin: number, end: number];
  /** Returns when all members have called it. All of them must call it the same number of times. */
  barrier(): void;
  /**
   * A reduction: `total` becomes the sum of all members' `partial`, element by element, always in the order of the ranks.
   *
   * @param partial - this member's own array, which no other one writes
   * @param total - an array that all members share; may be `partial` itself only in a team of one
   */
  reduce(partial: Real, total: Real): void;
}

/** One thread is a team of one, so that there is one code path. */
export const teamOfOne: Team = Object.freeze<Team>({
  rank: 0,
  size: 1,
  share: (n) => [0, n],
  barrier: () => {},
  reduce(partial, total) {
    if (total !== partial) total.set(partial);
  },
});
