import { parse } from '@babel/parser';
import { ownMembersOf } from './functions.ts';
import { Reader } from './Reader.ts';
import type { Token } from './Token.ts';

/**
 * The canonical form of a TypeScript source: its statements without names, types and comments, in a form that renaming,
 * moving, another kind of loop and the like leave unchanged. Functions come in the order of their ends, those at the top
 * of the module last. No code is run.
 *
 * @returns the tokens of each function
 * @throws SyntaxError if it is not TypeScript, RangeError if it is nested too deeply
 *
 * @example
 *   canonicalTokens('for (let i = 0; i < n; i++) s += a[i];'); // the same as of
 *   canonicalTokens('let k = 0; while (k < m) { sum = sum + b[k]; k += 1; }');
 */
export function canonicalTokens(text: string): Token[][] {
  const { program } = parse(text, { sourceType: 'module', plugins: ['typescript', 'decorators'], errorRecovery: true });
  const reader = new Reader(program, ownMembersOf(program));
  const rest = reader.tokens(program);
  return [...reader.units, rest].filter(({ length }) => length > 0);
}
