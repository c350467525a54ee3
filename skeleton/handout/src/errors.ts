/** Bad usage or bad input: reported in one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The exit codes of every command of the handout. */
export const EXIT = { fine: 0, wrong: 1, badUsage: 2 } as const;
