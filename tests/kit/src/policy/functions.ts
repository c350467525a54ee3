import type { Node } from '@babel/types';
import { childrenOf, isFunction } from './nodes.ts';

/** A function that always throws `NotImplementedError`, as the skeleton has it. */
export function isStub(node: Node): boolean {
  const body = 'body' in node && !Array.isArray(node.body) ? (node.body as Node) : undefined;
  if (body?.type !== 'BlockStatement') return false;
  return body.body.some(
    (statement) =>
      statement.type === 'ThrowStatement' &&
      statement.argument.type === 'NewExpression' &&
      statement.argument.callee.type === 'Identifier' &&
      statement.argument.callee.name === 'NotImplementedError',
  );
}

/** What a function may return; of functions inside it nothing. */
export function resultsOf(node: Node): Node[] {
  const { body } = node as Node & { body: Node };
  if (body.type !== 'BlockStatement') return [body];
  const inside = (part: Node): Node[] => {
    if (isFunction(part)) return [];
    if (part.type === 'ReturnStatement') return part.argument ? [part.argument] : [];
    return childrenOf(part).flatMap(inside);
  };
  return inside(body);
}
