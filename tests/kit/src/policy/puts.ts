import type { Node } from '@babel/types';
import { childrenOf, isFunction, propertyName, unwrapped } from './nodes.ts';

type Name = Node & { type: 'Identifier' };

/** Methods that put a function into something: `steps.push(step)`, `Object.assign(steps, { step })`. */
const PUTTING = new Set('push unshift splice set add assign defineProperty'.split(' '));

/** What a node itself puts into variables, lists and objects: `again = step`, `o.go = step`, `steps.push(step)`. */
export function putBy(node: Node): { readonly into: Name; readonly value: Node }[] {
  const put = (to: Node, value: Node) => targetsOf(to).map((into) => ({ into, value }));
  if (node.type === 'AssignmentExpression' || node.type === 'AssignmentPattern') return put(node.left, node.right);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
  if (!PUTTING.has(propertyName(node.callee) ?? '')) return [];
  const to = [node.callee.object, ...node.arguments.slice(0, 1)];
  return node.arguments.flatMap((value) => to.flatMap((one) => put(one, value)));
}

/** The variables that a pattern declares, or the one that a member belongs to. */
export function targetsOf(given: Node): Name[] {
  const node = unwrapped(given);
  if (node.type === 'Identifier') return [node];
  if (node.type === 'MemberExpression') return targetsOf(node.object);
  if (node.type === 'AssignmentPattern') return targetsOf(node.left);
  if (node.type === 'ArrayPattern' || node.type === 'ObjectPattern') return childrenOf(node).flatMap(targetsOf);
  if (node.type === 'ObjectProperty') return targetsOf(node.value);
  return node.type === 'RestElement' ? targetsOf(node.argument) : [];
}

/** All that is put into variables when a file is loaded: outside of functions, and in those that are called at once. */
export function putAtOnce(node: Node): { readonly into: Name; readonly value: Node }[] {
  const callee = node.type === 'CallExpression' ? unwrapped(node.callee) : undefined;
  const called = callee && isFunction(callee) ? childrenOf(callee) : [];
  const inside = [...childrenOf(node).filter((child) => !isFunction(child)), ...called];
  return [...putBy(node), ...inside.flatMap(putAtOnce)];
}
