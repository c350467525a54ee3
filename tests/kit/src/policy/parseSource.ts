import { parse } from '@babel/parser';
import type { File, Node } from '@babel/types';
import { CriterionFailure } from '../verdicts.ts';
import { isTooDeep } from './isTooDeep.ts';
import { childrenOf } from './nodes.ts';

/**
 * The syntax tree of a TypeScript source, in which optional calls and members (`a?.b?.()`) are plain ones. No code is run.
 *
 * @throws CriterionFailure if it is not TypeScript
 * @throws RangeError if it is nested too deeply
 */
export function parseSource(path: string, text: string): File {
  try {
    return withPlainChains(parse(text, { sourceType: 'module', plugins: ['typescript', 'decorators'] }));
  } catch (error) {
    if (isTooDeep(error)) throw error;
    throw new CriterionFailure(`${path}: its form cannot be read: ${(error as Error).message}`);
  }
}

const PLAIN: Readonly<Record<string, Node['type']>> = {
  OptionalCallExpression: 'CallExpression',
  OptionalMemberExpression: 'MemberExpression',
};

/** Optional or not, a call is a call: every reader of the tree would have to treat both alike. */
function withPlainChains(file: File): File {
  const left: Node[] = [file.program];
  for (let node = left.pop(); node; node = left.pop()) {
    Object.assign(node, { type: PLAIN[node.type] ?? node.type });
    for (const child of childrenOf(node)) left.push(child);
  }
  return file;
}
