import type { Node } from '@babel/types';
import { childrenOf, propertyName, unwrapped } from './nodes.ts';

const CHANGING = new Set('push unshift splice fill set copyWithin sort reverse pop shift'.split(' '));

/** Whether a list consists of numbers and words that are written out, or of such lists. */
export function isWrittenOut(given: Node): boolean {
  const node = unwrapped(given);
  return node.type === 'ArrayExpression' && node.elements.length > 0 && node.elements.every(isPlainElement);
}

function isPlainElement(element: Node | null): boolean {
  if (!element) return false;
  const isNumber = element.type === 'NumericLiteral' || element.type === 'StringLiteral';
  return isNumber || (element.type === 'UnaryExpression' && isPlainElement(element.argument)) || isWrittenOut(element);
}

/** Whether nothing in a file changes what a name stands for, or gives it another name. */
export function isOnlyRead(node: Node, name: string): boolean {
  if (node.type === 'AssignmentExpression' && [node.left, node.right].some((side) => rootOf(side) === name))
    return false;
  if (node.type === 'UpdateExpression' && rootOf(node.argument) === name) return false;
  if (node.type === 'VariableDeclarator' && node.init && node.init.type === 'Identifier' && rootOf(node.init) === name)
    return false;
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && rootOf(node.callee) === name) {
    const method = propertyName(node.callee);
    if (method === undefined || CHANGING.has(method)) return false;
  }
  return childrenOf(node).every((child) => isOnlyRead(child, name));
}

/** `list` in `list[k][0]` */
function rootOf(given: Node): string | undefined {
  const node = unwrapped(given);
  if (node.type === 'MemberExpression') return rootOf(node.object);
  return node.type === 'Identifier' ? node.name : undefined;
}
