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

/**
 * A fault of the machine or the grader: a full disk, a paused or overloaded machine, a program of ours that was killed or is
 * missing. It says nothing about a submission, which is neither refused nor marked down for it.
 *
 * The message is one line: what failed, where, and what to do about it.
 */
export class MachineFault extends Error {
  override readonly name: string = 'MachineFault';
}
