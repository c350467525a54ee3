import type * as t from '@babel/types';

/** @param ancestors - from the root to the node's parent; the same array in every call */
type Visit = (node: t.Node, ancestors: readonly t.Node[]) => void;

/** Visits a node and everything below it, parents first. */
export const walkTree = (node: t.Node, visit: Visit): void => walk(node, [], visit);

function walk(node: t.Node, ancestors: t.Node[], visit: Visit): void {
  visit(node, ancestors);
  ancestors.push(node);
  for (const child of childrenOf(node)) walk(child, ancestors, visit);
  ancestors.pop();
}

/** The nodes directly below a node; comments are none. */
export function childrenOf(node: t.Node): t.Node[] {
  const children: t.Node[] = [];
  // Most of the time of reading a tree is spent here: no lists of keys and values.
  for (const key in node) {
    if (key === 'loc' || key.endsWith('Comments')) continue;
    const value: unknown = node[key as keyof t.Node];
    if (Array.isArray(value)) {
      for (const each of value as unknown[]) if (isNode(each)) children.push(each);
    } else if (isNode(value)) children.push(value);
  }
  return children;
}

const isNode = (value: unknown): value is t.Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** The types of nodes that are functions. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);
