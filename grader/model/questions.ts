import * as z from 'zod';

/**
 * A scene: what a student has at hand when writing an answer, and what no code in the handout may compute from it.
 * Everything is made anew for each call.
 */
export interface Scene {
  /**
   * Arguments to try, by the names of the parameters' types; arrays of numbers are `Real`, whatever their precision.
   */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** Gives a new instance of a class what it needs in addition to its constructor's arguments. */
  readonly prepare?: (made: object) => void;
}

const Reasons = z.record(z.string(), z.string()).readonly();

/** What an assignment asks for, as small as it can be without being ambiguous: `tests/<assignment>/questions.ts`. */
export const Questions = z.strictObject({
  scenes: z.record(
    z.string(),
    z.custom<() => Scene>((value) => typeof value === 'function', 'must be a function'),
  ),
  /** What a student's function fills or returns, by its name. */
  answers: z.record(
    z.string(),
    z.custom<Float64Array>((value) => value instanceof Float64Array, 'must be a Float64Array'),
  ),
  /** Code that computes an answer on purpose, and why it may. */
  onPurpose: Reasons,
  /** Lines of the reference or the suites that are also in the handout, and why they may be. */
  sharedLines: Reasons.optional(),
});
export type Questions = z.infer<typeof Questions>;
