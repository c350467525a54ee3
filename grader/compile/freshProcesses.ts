import { MachineFault, UngradableError } from '../model/errors.ts';

/** Sources that a compiler was stopped at. It is said of a submission only when a second compiler was stopped, too. */
export class CompilerStopped extends UngradableError {}

/**
 * Does some work of a compiler, and once more from the start when the machine failed or the compiler was stopped: what
 * happened once may be an accident. Plain verdicts on the sources are the same each time, and are not asked for again.
 */
export async function inFreshProcesses<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MachineFault || error instanceof CompilerStopped) return work();
    throw error;
  }
}
