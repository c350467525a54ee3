import { parse, type ParserOptions } from '@babel/parser';
import type * as t from '@babel/types';
import { isBound } from './scopes.ts';
import { unusedImports } from './unusedImports.ts';
import { walkTree } from './walkTree.ts';

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
  /** Where the import declaration begins and ends in the text, if none of the names that it binds is used. */
  readonly unused?: { readonly start: number; readonly end: number };
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
  const { program } = parse(text, optionsFor(path));
  const unused = unusedImports(program);
  walkTree(program, (node, ancestors) => {
    const place =
      node.type === 'ImportDeclaration' && unused.has(node) ? { unused: { start: node.start!, end: node.end! } } : {};
    for (const named of namesIn(node, ancestors))
      references.push(...referencesOf(named).map((reference) => ({ ...reference, ...place })));
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
