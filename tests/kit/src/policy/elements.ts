import type { Node } from '@babel/types';
import { propertyName } from './nodes.ts';
import type { Place } from './Place.ts';
import { isForEach } from './repeatedCalls.ts';

/** The part of a node that reaches single elements of an array of numbers, again and again; undefined if none does. */
export function elementIn(node: Node, { locals, inLoop }: Place): Node | undefined {
  switch (node.type) {
    case 'ForOfStatement':
      return locals.isNumbers(node.right) ? node.right : undefined;
    case 'ObjectPattern':
      return inLoop && takesByIndex(node) ? node : undefined;
    case 'VariableDeclarator': {
      const isList = node.id.type === 'ArrayPattern' && node.init;
      return inLoop && isList && locals.isNumbers(isList) ? node : undefined;
    }
    case 'CallExpression': {
      if (isForEach(node) && locals.isNumbers(node)) return node;
      const name = propertyName(node.callee);
      const isAt = name === 'at' && node.callee.type === 'MemberExpression' && locals.isNumbers(node.callee.object);
      return inLoop && (isAt || name === 'next') ? node : undefined;
    }
    case 'MemberExpression': {
      const isIndex = node.computed && !isConstant(node.property) && !locals.isWord(node.property);
      return inLoop && isIndex && !locals.isHarmless(node.object) ? node : undefined;
    }
    default:
      return undefined;
  }
}

/** `const { [i]: value } = numbers` */
const takesByIndex = ({ properties }: Node & { type: 'ObjectPattern' }): boolean =>
  properties.some((entry) => entry.type === 'ObjectProperty' && entry.computed && !isConstant(entry.key));

/** An index that is the same each time. */
const isConstant = (node: Node): boolean => node.type === 'NumericLiteral' || node.type === 'StringLiteral';
