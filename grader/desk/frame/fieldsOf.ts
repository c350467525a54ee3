import type * as z from 'zod';
import { UsageError } from '../../model/errors.ts';
import type { DeskContext } from '../DeskEnv.ts';
import { formOf } from './formOf.ts';

/**
 * The fields of a form that was sent.
 *
 * @throws UsageError if one is missing or is not what the form has
 */
export async function fieldsOf<S extends z.ZodType>(c: DeskContext, schema: S): Promise<z.infer<S>> {
  const fields = schema.safeParse(await formOf(c));
  if (fields.success) return fields.data;
  const [{ path, message }] = fields.error.issues;
  throw new UsageError(`${path.join('.')}: ${message}`);
}
