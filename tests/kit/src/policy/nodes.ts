import type { Node } from '@babel/types';
import { FUNCTIONS } from '@im2grade/handout/walkTree';

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Type syntax that wraps an expression; all other type syntax has no effect at run time. */
const WRAPPERS = new Set(
  'TSAsExpression TSNonNullExpression TSSatisfiesExpression TSTypeAssertion TSInstantiationExpression'.split(' '),
);
/** Other syntax of TypeScript that runs: `constructor(private n = work())`, `namespace N { … }`. */
const RUNS = new Set('TSParameterProperty TSModuleDeclaration TSModuleBlock'.split(' '));

/**
 * The direct children of a node, in the order of the source, without types, comments and names that are not references.
 */
export function childrenOf(node: Node): Node[] {
  const named = 'computed' in node && node.computed !== true ? ['key', 'property'] : [];
  const skipped = new Set([...named, 'label', 'leadingComments', 'innerComments', 'trailingComments', 'loc']);
  if (isFunction(node)) skipped.add('id');
  return Object.entries(node)
    .filter(([key]) => !skipped.has(key))
    .flatMap(([, value]) => (Array.isArray(value) ? (value as unknown[]) : [value as unknown]))
    .filter(isNode)
    .filter(({ type }) => !type.startsWith('TS') || WRAPPERS.has(type) || RUNS.has(type));
}

/** The expression inside brackets, casts and the like. */
export function unwrapped(node: Node): Node {
  return WRAPPERS.has(node.type) || node.type === 'ParenthesizedExpression'
    ? unwrapped((node as Node & { expression: Node }).expression)
    : node;
}

/** The name after the dot, if it is written out. */
export function propertyName(node: Node): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const { property, computed } = node;
  if (!computed && property.type === 'Identifier') return property.name;
  return property.type === 'StringLiteral' ? property.value : undefined;
}

/** The name after `this.`, private or not, if it is written out. */
export function memberName(property: Node): string | undefined {
  if (property.type === 'PrivateName') return `#${property.id.name}`;
  if (property.type === 'Identifier') return property.name;
  return property.type === 'StringLiteral' ? property.value : undefined;
}

/** The name of a member, if it is written out. */
export function keyOf({
  key,
  computed,
}: {
  readonly key: unknown;
  readonly computed?: boolean | null;
}): string | undefined {
  const node = key as Node;
  return computed && node.type !== 'StringLiteral' ? undefined : memberName(node);
}

const LOOPS = new Set(['ForStatement', 'ForOfStatement', 'ForInStatement', 'WhileStatement', 'DoWhileStatement']);

export const isFunction = ({ type }: Node): boolean => FUNCTIONS.has(type);
export const isLoop = ({ type }: Node): boolean => LOOPS.has(type);
