import { printable } from '@im2grade/formats';
import { ModelError } from './ModelError.ts';

/** What JavaScript throws if a file is unlike anything that its reader expects. */
const UNEXPECTED = ['TypeError', 'RangeError', 'SyntaxError'];
/** What it throws if the machine has no memory left, which is no fault of the file. */
const OUT_OF_MEMORY = /alloc|memory/iu;

/**
 * Reads a file, and as a last resort takes what its reader did not expect for damage.
 *
 * @throws ModelError saying that the file is damaged; whatever else `read` throws, a lack of memory included
 */
export function orDamaged<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    // By name: errors may be of another realm.
    const { name, message } = error as Error;
    if (!UNEXPECTED.includes(name) || OUT_OF_MEMORY.test(message)) throw error;
    throw new ModelError(`${path}: is damaged (${printable(message, 200)}); save or export the model again`);
  }
}
