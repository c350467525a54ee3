import { createContext, Script } from 'node:vm';

/** Some sources keep any reader busy forever; reading what a person wrote takes a hundredth of this. */
const MILLISECONDS = 5000;

/**
 * Runs work that ends on its own, or is ended after a few seconds.
 *
 * @returns false if it was ended: its results may be incomplete
 * @throws what the work throws
 */
export function withinLimit(work: () => void): boolean {
  try {
    new Script('work()').runInContext(createContext({ work }), { timeout: MILLISECONDS });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}
