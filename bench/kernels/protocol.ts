import type { Case } from './Case.ts';

/** What a candidate is asked: one line of JSON on its standard input. */
export type Request =
  | { readonly ask: 'prepare'; readonly case: Case }
  /** Compute the prepared case so many times. */
  | { readonly ask: 'run'; readonly times: number }
  /** Tell the sum of the squares of the result or, both ways, of the gradients; of an epoch, the mean cross-entropy. */
  | { readonly ask: 'digest' };

/** What it answers: one line of JSON on its standard output. Other lines there are a library's and mean nothing. */
export type Reply =
  /** Unasked, once: the candidate has started. */
  | { readonly is: 'ready'; readonly version: string }
  /** With the floating-point operations of a call, where they are not the case's. */
  | { readonly is: 'prepared'; readonly flops?: number }
  /** Milliseconds per call. */
  | { readonly is: 'timed'; readonly ms: number }
  | { readonly is: 'digest'; readonly value: number }
  /** It cannot do that, and why; the next case may be another matter. */
  | { readonly is: 'unable'; readonly reason: string };
