import type * as t from '@babel/types';
import { walkTree } from '@im2grade/handout/walkTree';

/** The identifiers and strings of a source, without its imports. */
export function namedIn(root: t.Node): Set<string> {
  const names = new Set<string>();
  walkTree(root, (node, ancestors) => {
    if (ancestors.some(({ type }) => type === 'ImportDeclaration')) return;
    if (node.type === 'Identifier') names.add(node.name);
    if (node.type === 'StringLiteral') names.add(node.value);
  });
  return names;
}
