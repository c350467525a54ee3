import { UsageError } from '../../model/errors.ts';
import type { DeskContext } from '../DeskEnv.ts';

type Form = Record<string, string | File | (string | File)[]>;

/**
 * A form that was sent: by name its field, or all of several fields of one name. It is read once, however often it is asked for.
 *
 * @throws UsageError if it is damaged
 */
export async function formOf(c: DeskContext): Promise<Form> {
  try {
    return await c.req.parseBody({ all: true });
  } catch (error) {
    // What Node throws at a form of several parts that are none; a form that is too large has an error of its own.
    if ((error as Error).name === 'TypeError') throw new UsageError('This form cannot be read.');
    throw error;
  }
}
