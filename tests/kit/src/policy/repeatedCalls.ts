import type { Node } from '@babel/types';
import type { Locals } from './Locals.ts';
import { isFunction, propertyName, unwrapped } from './nodes.ts';

export type CallNode = Node & { type: 'CallExpression' };

/** Methods that call a function for each element. */
const FOR_EACH = new Set(
  'forEach map flatMap filter reduce reduceRight some every find findIndex findLast findLastIndex from sort toSorted'.split(
    ' ',
  ),
);

/** Other methods that call a function as often as they like. */
const CALL_AGAIN = new Set(['replace', 'replaceAll', 'stringify', 'parse', 'groupBy', 'fromAsync']);

/** A written-out list of up to this many things is no repetition: each could have a line of its own. Indices are. */
const MOST_WRITTEN_OUT = 4;

/** `numbers.map(…)`, `Float64Array.from(numbers, …)`: a call that is given a function for each element. */
export function isForEach({ callee, arguments: given }: CallNode): boolean {
  const name = propertyName(callee) ?? '';
  const functions = name === 'from' ? given.slice(1) : given;
  return FOR_EACH.has(name) && functions.some((argument) => !isPlain(argument));
}

/** Also `text.replace(/x/g, () => …)`: a method that is given a function may call it many times. */
export const repeats = (call: CallNode): boolean =>
  isForEach(call) ||
  (call.callee.type === 'MemberExpression' && call.arguments.some((one) => isFunction(unwrapped(one))));

/** A shape is a few numbers, and so is a short list that is written out. */
export function isOnFew({ callee }: CallNode, locals: Locals): boolean {
  if (callee.type !== 'MemberExpression') return false;
  const named = unwrapped(callee.object);
  const object = (named.type === 'Identifier' && locals.meaningOf(named.name)) || named;
  if (object.type !== 'ArrayExpression') return locals.isShape(named);
  const { elements } = object;
  const isThing = (element: Node | null) => !['SpreadElement', 'NumericLiteral'].includes(element?.type ?? '');
  return elements.length <= MOST_WRITTEN_OUT && elements.every(isThing);
}

/** Something that cannot be a function. */
const isPlain = (node: Node): boolean => {
  const { type } = unwrapped(node);
  return (
    type === 'ObjectExpression' || type === 'ArrayExpression' || type.endsWith('Literal') || type === 'MemberExpression'
  );
};

/** Whether a method may call a function that it is given under a name as often as it likes. */
export function mayCallAgain({ callee }: CallNode): boolean {
  const name = propertyName(callee) ?? '';
  return FOR_EACH.has(name) || CALL_AGAIN.has(name);
}
