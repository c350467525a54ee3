import type { Case } from './Case.ts';

/** Requests to a candidate: one line of JSON on its standard input. */
export type Request =
  | { readonly ask: 'prepare'; readonly case: Case }
  /** Compute the prepared case the given number of times. */
  | { readonly ask: 'run'; readonly times: number }
  /**
   * Report the sum of the squares of the result or, both ways, of the gradients; of an epoch, the mean cross-entropy.
   */
  | { readonly ask: 'digest' };

/** Its answers: one line of JSON on its standard output. Other lines there come from a library and mean nothing. */
export type Reply =
  /** Sent once without a request: the candidate has started. */
  | { readonly is: 'ready'; readonly version: string }
  /** With the floating-point operations of a call, if they differ from the case's. */
  | { readonly is: 'prepared'; readonly flops?: number }
  /** Milliseconds per call. */
  | { readonly is: 'timed'; readonly ms: number }
  | { readonly is: 'digest'; readonly value: number }
  /** The candidate cannot do that, and why; it may be able to do the next case. */
  | { readonly is: 'unable'; readonly reason: string };
