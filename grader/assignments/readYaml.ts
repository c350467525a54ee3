import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod';
import { whyNotRead } from '../common/whyNotRead.ts';
import { UsageError } from '../model/errors.ts';
import { plainIssue } from './plainIssue.ts';
import { plainYamlError } from './plainYamlError.ts';

/**
 * Reads a YAML file that a person wrote.
 *
 * @throws UsageError in one line with file, line and column of the first place that is not YAML or does not fit the
 *   schema
 */
export function readYaml<T>(path: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(textOf(path), {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
    // A student's number may begin with zeros.
    stringKeys: true,
  });
  const at = (offset: number, message: string): UsageError => {
    const { line, col } = lines.linePos(offset);
    return new UsageError(`${path}:${line}:${col}: ${message.replaceAll(/\s+/gu, ' ')}`);
  };
  const [broken] = document.errors;
  if (broken) throw at(broken.pos[0], plainYamlError(broken));
  const value = valueOf(document, at);
  if (value === null) throw at(0, 'the file is empty');
  const parsed = schema.safeParse(value, { error: plainIssue });
  if (parsed.success) return parsed.data;
  const [first, ...others] = parsed.error.issues;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  const field = first.path.length > 0 ? `${first.path.join('.')}: ` : '';
  throw at(offsetOf(document, first.path), `${field}${first.message}${more}`);
}

/** An alias may be unresolved, or expand to more than fits into memory. */
function valueOf(document: Document, at: (offset: number, message: string) => UsageError): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw at(0, error instanceof Error ? error.message : String(error));
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path}: cannot be read: ${whyNotRead(error)}`);
  }
}

/** Where in the text the path of a schema issue is: the deepest part of the path that exists. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
