import { MachineFault } from '../model/errors.ts';

/** The sandbox itself did not start a program: a fault of the grader or its machine, never of a submission. */
export class SandboxFailure extends MachineFault {
  override readonly name = 'SandboxFailure';
  constructor(why: string) {
    super(`the sandbox could not be started: ${why}`);
  }
}

/** What bubblewrap and prlimit print before they give up. */
const OWN_WORDS = /^(?:bwrap|prlimit): [^\n]*/u;

/**
 * The failure that a program's stderr reports, if the program was never started.
 *
 * @param stderr - of a program that has ended, from its beginning
 */
export function sandboxFailure(stderr: string): SandboxFailure | undefined {
  const message = OWN_WORDS.exec(stderr)?.[0];
  return message === undefined ? undefined : new SandboxFailure(message);
}
