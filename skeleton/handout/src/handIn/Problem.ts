/** Something that the grader would refuse, or that costs points. */
export interface Problem {
  /** Whether the hand-in could not be graded at all. */
  readonly isFatal: boolean;
  /** One line: what is wrong, where, and what to do. */
  readonly message: string;
}

export const fatal = (message: string): Problem => ({ isFatal: true, message });
export const warning = (message: string): Problem => ({ isFatal: false, message });
