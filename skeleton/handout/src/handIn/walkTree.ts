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
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'loc' || key.endsWith('Comments')
      ? []
      : Array.isArray(value)
        ? value.filter(isNode)
        : isNode(value)
          ? [value]
          : [],
  );
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
