/** The exit codes of every command. */
export const EXIT = { graded: 0, belowFailUnder: 1, ungradable: 2, graderFailed: 3 } as const;

/** Bad usage or bad input: told in one line, exit code 2, nothing half written. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A submission that cannot be graded: told in one line (or the compiler's few), exit code 2. */
export class UngradableError extends Error {
  override readonly name = 'UngradableError';
}

/** A fault of the machine or of the grader that a person can mend: reported in one line, exit code 3, no verdict on anyone. */
export class GraderFault extends Error {
  override readonly name = 'GraderFault';
}
