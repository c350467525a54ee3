import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod';
import { UsageError } from '../model/errors.ts';

/**
 * Reads a YAML file that a person wrote.
 *
 * @throws UsageError with file, line and column of every place that does not fit the schema
 */
export function readYaml<T>(path: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(textOf(path), { lineCounter: lines });
  if (document.errors.length > 0) throw new UsageError(`${path}: ${document.errors[0].message.split('\n')[0]}`);
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => {
    const { line, col } = lines.linePos(offsetOf(document, issue.path));
    return `${path}:${line}:${col}: ${issue.path.join('.')}: ${issue.message}`;
  });
  throw new UsageError(issues.join('\n'));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** Where in the text a schema issue's path lies: the deepest part of it that exists. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
