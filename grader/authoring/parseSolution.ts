import { parse } from '@babel/parser';
import type * as t from '@babel/types';
import { UsageError } from '../model/errors.ts';

/** What the parser says of syntax that is no ECMAScript yet, such as decorators. */
const EXTENSION = /^This experimental syntax requires [^"]*"(\w+)/u;

/**
 * The syntax tree of a solution, with its comments.
 *
 * @param shown - the file, for messages
 * @throws UsageError with file, line and column if it is not TypeScript
 */
export function parseSolution(text: string, shown: string): t.File {
  try {
    return parse(text, { sourceType: 'module', plugins: ['typescript'] });
  } catch (error) {
    const { loc, message } = error as { loc?: { line: number; column: number }; message: string };
    if (!loc) throw error;
    const [, extension] = EXTENSION.exec(message) ?? [];
    const what = extension === undefined ? message.replace(/ \(\d+:\d+\)$/u, '') : `${extension} are not supported`;
    throw new UsageError(`${shown}:${loc.line}:${loc.column + 1}: ${what}`);
  }
}
