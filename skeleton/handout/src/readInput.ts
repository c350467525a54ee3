import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type * as z from 'zod';
import { UsageError } from './errors.ts';

/**
 * Reads a YAML or JSON file (every JSON text is YAML) and checks it.
 *
 * @param what - what the file should be: "a score report of im2grade"
 * @throws UsageError in one line: missing, not readable, or not what it should be
 */
export function readInput<T>(path: string, schema: z.ZodType<T>, what: string): T {
  const result = schema.safeParse(parsed(path, what));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UsageError(`${path} is not ${what}: ${issue.path.join('.') || 'the whole'}: ${issue.message}`);
}

function parsed(path: string, what: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
  try {
    return path.endsWith('.json') ? (JSON.parse(text) as unknown) : parse(text);
  } catch {
    throw new UsageError(`${path} is not ${what}: it cannot be parsed`);
  }
}
