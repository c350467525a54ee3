/** Thrown by a stub that is not written yet. The grader scores it as not attempted, not as wrong. */
export class NotImplementedError extends Error {
  override readonly name = 'NotImplementedError';

  /**
   * @param what - the function's name
   * @param question - which question asks for it, and what it asks
   */
  constructor(what: string, question?: string) {
    super(question === undefined ? `${what} is not written yet` : `${what} is not written yet (${question})`);
  }
}
