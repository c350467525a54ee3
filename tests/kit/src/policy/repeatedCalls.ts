import type { Node } from '@babel/types';
import type { Locals } from './Locals.ts';
import { isFunction, memberName, propertyName, unwrapped } from './nodes.ts';
import type { Place } from './Place.ts';
import type { Scopes } from './Scopes.ts';

export type CallNode = Node & { type: 'CallExpression' };
type Member = Node & { type: 'MemberExpression' };

/** Methods that call a function for each element. */
const FOR_EACH = new Set(
  'forEach map flatMap filter reduce reduceRight some every find findIndex findLast findLastIndex from sort toSorted'.split(
    ' ',
  ),
);

/** Other methods that call a function as often as they like. */
const CALL_AGAIN = new Set(['replace', 'replaceAll', 'stringify', 'parse', 'groupBy', 'fromAsync']);

/** `each.call(numbers, …)`, `[].map.bind(numbers)` */
const BORROWING = new Set(['call', 'apply', 'bind']);

/** `numbers.map(…)`, `Float64Array.from(numbers, …)`: a call that is given a function for each element. */
export function isForEach({ callee, arguments: given }: CallNode, name = propertyName(callee) ?? ''): boolean {
  const functions = name === 'from' ? given.slice(1) : given;
  return FOR_EACH.has(name) && functions.some((argument) => !isPlain(argument));
}

/**
 * Whether a call may call a function that it is given as often as it likes: `numbers.map(…)`, `text.replace(/x/g, each)`,
 * `numbers[name](each)`. Methods of the deliverables do only what is in their bodies.
 */
export function repeats(call: CallNode, place: Place, scopes: Scopes): boolean {
  const { callee, arguments: given } = call;
  if (callee.type !== 'MemberExpression' || scopes.isOwnMethod(callee, place) || isOnFew(call, place.locals))
    return false;
  const name = methodIn(callee, place.locals);
  if (BORROWING.has(name ?? '')) return isBorrowed(callee.object, place.locals);
  if (given.some((one) => isFunction(unwrapped(one)))) return true;
  if (name === undefined) return given.some((one) => scopes.isFunctionName(one, place));
  // A named function is the second argument of the others: what comes first is taken apart.
  return (
    isForEach(call, name) ||
    (FOR_EACH.has(name) && given.some((one) => scopes.isFunctionName(one, place))) ||
    (CALL_AGAIN.has(name) && given.slice(1).some((one) => scopes.isFunctionName(one, place)))
  );
}

/** The name of the method that is called, if it is known. */
function methodIn({ property, computed }: Member, locals: Locals): string | undefined {
  if (!computed) return memberName(property);
  return property.type === 'NumericLiteral' ? '' : locals.wordOf(property);
}

/** Whether an expression may be a method that calls a function as often as it likes: `[].map`, or a name for it. */
function isBorrowed(given: Node, locals: Locals): boolean {
  const node = unwrapped(given);
  const isTaken = node.type === 'Identifier' && locals.propertyOf(node.name) !== undefined;
  const meant = node.type === 'Identifier' && !isTaken ? locals.meaningOf(node.name) : node;
  if (meant?.type !== 'Identifier' && meant?.type !== 'MemberExpression') return false;
  const name = meant.type === 'Identifier' ? locals.propertyOf(meant.name) : (methodIn(meant, locals) ?? 'call');
  return [FOR_EACH, CALL_AGAIN, BORROWING].some((names) => names.has(name ?? ''));
}

/** A shape is a few numbers, and so is a short list that is written out. */
const isOnFew = ({ callee }: CallNode, { sizes }: Locals): boolean =>
  callee.type === 'MemberExpression' && sizes.isFew(callee.object);

/** Something that cannot be a function. */
const isPlain = (node: Node): boolean => {
  const { type } = unwrapped(node);
  return (
    type === 'ObjectExpression' || type === 'ArrayExpression' || type.endsWith('Literal') || type === 'MemberExpression'
  );
};
