import { createContext, Script } from 'node:vm';

/** Sources exist that keep any reader busy for ever; reading what a person wrote takes a hundredth of this. */
const MILLISECONDS = 5000;

/**
 * Runs work that ends on its own, or is ended after a few seconds.
 *
 * @returns false when it was ended: what it worked on may be half done
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
