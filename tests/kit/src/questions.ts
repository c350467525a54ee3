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

/** What an assignment asks for, as small as it can be without being ambiguous. */
export interface Questions {
  readonly scenes: Readonly<Record<string, () => Scene>>;
  /** What a student's function fills or returns, by its name. */
  readonly answers: Readonly<Record<string, Float64Array>>;
  /** Code that computes an answer on purpose, and why it may. */
  readonly onPurpose: Readonly<Record<string, string>>;
  /** Lines of the reference that are also in a given library, and why they may be. */
  readonly sharedLines?: Readonly<Record<string, string>>;
}
