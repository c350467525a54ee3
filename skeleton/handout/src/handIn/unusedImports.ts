import type * as t from '@babel/types';
import { isBound } from './scopes.ts';
import { walkTree } from './walkTree.ts';

/** The import declarations that bind names of which none is ever used, as editors add them. */
export function unusedImports(program: t.Program): Set<t.ImportDeclaration> {
  const unused = new Map<string, t.ImportDeclaration>();
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') continue;
    for (const { local } of statement.specifiers) unused.set(local.name, statement);
  }
  const used = new Set<t.ImportDeclaration>();
  walkTree(program, (node, ancestors) => {
    if (node.type !== 'Identifier' && node.type !== 'JSXIdentifier') return;
    const declaration = unused.get(node.name);
    if (!declaration || used.has(declaration) || isOnlyAName(node, ancestors.at(-1)!)) return;
    if (!isBound(node.name, ancestors.slice(1))) used.add(declaration);
  });
  return new Set([...unused.values()].filter((declaration) => !used.has(declaration)));
}

/** Whether an identifier names a property, a method or an import, and so refers to no variable. */
function isOnlyAName(node: t.Node, parent: t.Node): boolean {
  switch (parent.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return parent.property === node && !parent.computed;
    case 'ObjectProperty':
      return parent.key === node && !parent.computed && !parent.shorthand;
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassProperty':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return parent.key === node && !parent.computed;
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return true;
    default:
      return false;
  }
}
