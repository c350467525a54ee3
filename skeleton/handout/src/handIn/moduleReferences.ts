import { parse, type ParserOptions } from '@babel/parser';
import type * as t from '@babel/types';
import { childrenOf, FUNCTIONS, walkTree } from './walkTree.ts';

/** A place in a source that names another module. */
export interface ModuleReference {
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
  /** The module's name; of a computed name, its constant parts. */
  readonly name: string;
  /** Whether the name has a constant and a variable part; a bundler expands such a name to all files that match. */
  readonly isComputed: boolean;
}

/**
 * All places where a source names a module that a compiler would follow: import and export declarations, `import()`,
 * `import x = require()`, `require()` if the source does not declare it itself, and `import('…')` in types. Names in
 * comments, such as `/// <reference>` and source maps, are left out: no compiler is allowed to follow those.
 *
 * @throws SyntaxError or RangeError if the source cannot be parsed
 */
export function moduleReferences(path: string, text: string): ModuleReference[] {
  const references: ModuleReference[] = [];
  walkTree(parse(text, optionsFor(path)).program, (node, ancestors) => {
    for (const named of namesIn(node, ancestors)) references.push(...referencesOf(named));
  });
  return references;
}

/** Lenient: whatever a compiler accepts must be parsed here too. */
const optionsFor = (path: string): ParserOptions => ({
  // A module or else a script, as the bundler decides.
  sourceType: 'unambiguous',
  errorRecovery: true,
  createImportExpressions: true,
  allowReturnOutsideFunction: true,
  plugins: [
    'typescript',
    'decorators-legacy',
    'decoratorAutoAccessors',
    'explicitResourceManagement',
    'deferredImportEvaluation',
    'sourcePhaseImports',
    ...(path.endsWith('x') ? (['jsx'] as const) : []),
  ],
});

/** The expressions or literals in a node that name a module. */
function namesIn(node: t.Node, ancestors: readonly t.Node[]): t.Node[] {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return node.source ? [node.source] : [];
    case 'ImportExpression':
      return [node.source];
    case 'TSExternalModuleReference':
      return [node.expression];
    case 'TSImportType':
      return [node.argument];
    case 'CallExpression':
    case 'OptionalCallExpression':
      return isRequire(node.callee) && !isBound('require', ancestors) ? node.arguments.slice(0, 1) : [];
    default:
      return [];
  }
}

/** `require` and `require.resolve`, in any TypeScript syntax around them. */
function isRequire(callee: t.Node): boolean {
  const plain = withoutTypes(callee);
  if (plain.type === 'MemberExpression' || plain.type === 'OptionalMemberExpression') {
    const { object, property } = plain;
    const key = property.type === 'Identifier' && !plain.computed ? property.name : constantOf(property);
    return key === 'resolve' && isRequire(object);
  }
  return plain.type === 'Identifier' && plain.name === 'require';
}

/** Nothing for a name that no compiler can know before the code runs: it is not followed. */
function referencesOf(expression: t.Node): ModuleReference[] {
  const node = withoutTypes(expression);
  // Each branch is followed.
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate].flatMap(referencesOf);
  if (node.type === 'LogicalExpression') return [node.left, node.right].flatMap(referencesOf);
  if (node.type === 'SequenceExpression') return referencesOf(node.expressions.at(-1)!);
  const name = constantOf(node);
  const at = { line: node.loc!.start.line, column: node.loc!.start.column };
  if (name !== undefined) return [{ ...at, name, isComputed: false }];
  const parts = partsOf(node);
  return parts.some((part) => part !== undefined && part !== '')
    ? [{ ...at, name: parts.map((part) => part ?? '…').join(''), isComputed: true }]
    : [];
}

function constantOf(node: t.Node): string | undefined {
  const parts = partsOf(node);
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** The pieces from which a string is put together; undefined for those that are not constant. */
function partsOf(expression: t.Node): (string | undefined)[] {
  const node = withoutTypes(expression);
  if (node.type === 'StringLiteral') return [node.value];
  if (node.type === 'TSLiteralType') return partsOf(node.literal);
  if (node.type === 'BinaryExpression' && node.operator === '+') return [node.left, node.right].flatMap(partsOf);
  if (node.type === 'TemplateLiteral')
    return node.quasis.flatMap(({ value }, i) => [
      value.cooked ?? value.raw,
      ...(i < node.expressions.length ? partsOf(node.expressions[i]) : []),
    ]);
  return [undefined];
}

function withoutTypes(node: t.Node): t.Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
      return withoutTypes(node.expression);
    default:
      return node;
  }
}

/** Whether one of the scopes around a node declares a name in JavaScript: types and `declare` are erased. */
function isBound(name: string, ancestors: readonly t.Node[]): boolean {
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
