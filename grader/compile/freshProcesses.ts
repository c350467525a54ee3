import { MachineFault, UngradableError } from '../model/errors.ts';

/** The sources stopped a compiler. The submission is blamed only if a second compiler is stopped, too. */
export class CompilerStopped extends UngradableError {}

/**
 * Runs a compiler, and a second time if the machine failed or the compiler was stopped: a single failure may be an
 * accident. Plain verdicts on the sources do not vary and are not repeated.
 */
export async function inFreshProcesses<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MachineFault || error instanceof CompilerStopped) return work();
    throw error;
  }
}
