import type * as t from '@babel/types';
import { childrenOf, FUNCTIONS } from './walkTree.ts';

/** Whether one of the scopes around a node declares a name in JavaScript: types and `declare` are erased. */
export function isBound(name: string, ancestors: readonly t.Node[]): boolean {
  return ancestors.some((node) => bindingsOf(node).includes(name) || hoistedBy(node).includes(name));
}

/** The names that a node declares for the nodes inside it, except with `var`. */
function bindingsOf(node: t.Node): string[] {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
    case 'TSModuleBlock':
      return node.body.flatMap(declaredBy);
    case 'SwitchStatement':
      return node.cases.flatMap(({ consequent }) => consequent.flatMap(declaredBy));
    case 'ForStatement':
      return node.init ? declaredBy(node.init) : [];
    case 'ForInStatement':
    case 'ForOfStatement':
      return declaredBy(node.left);
    case 'CatchClause':
      return node.param ? namesOf(node.param) : [];
    case 'ClassExpression':
      return node.id ? [node.id.name] : [];
    case 'FunctionExpression':
      return [...(node.id ? [node.id.name] : []), ...node.params.flatMap(namesOf)];
    case 'FunctionDeclaration':
    case 'ArrowFunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      return node.params.flatMap(namesOf);
    default:
      return [];
  }
}

/** The names that a statement declares for its siblings. */
function declaredBy(statement: t.Node): string[] {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
      return statement.declaration ? declaredBy(statement.declaration) : [];
    case 'ExportDefaultDeclaration':
      return declaredBy(statement.declaration);
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      return statement.id && !statement.declare ? [statement.id.name] : [];
    case 'VariableDeclaration':
      return statement.declare ? [] : statement.declarations.flatMap(({ id }) => namesOf(id));
    case 'ImportDeclaration':
      return statement.importKind === 'type'
        ? []
        : statement.specifiers
            .filter((each) => each.type !== 'ImportSpecifier' || each.importKind !== 'type')
            .map(({ local }) => local.name);
    default:
      return [];
  }
}

/** The names that a function's body or a module declares with `var` anywhere inside. */
function hoistedBy(node: t.Node): string[] {
  const isHome = FUNCTIONS.has(node.type) || node.type === 'Program' || node.type === 'StaticBlock';
  if (!isHome) return [];
  const names: string[] = [];
  const search = (inside: t.Node) => {
    if (inside.type === 'VariableDeclaration' && inside.kind === 'var') names.push(...declaredBy(inside));
    for (const child of childrenOf(inside))
      if (!FUNCTIONS.has(child.type) && child.type !== 'StaticBlock') search(child);
  };
  search(node);
  return names;
}

/** The names that a pattern binds. */
function namesOf(pattern: t.Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return namesOf(pattern.left);
    case 'RestElement':
      return namesOf(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesOf(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => namesOf(each.type === 'ObjectProperty' ? each.value : each));
    case 'TSParameterProperty':
      return namesOf(pattern.parameter);
    default:
      return [];
  }
}
