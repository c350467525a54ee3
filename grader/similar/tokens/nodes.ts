import type { Node } from '@babel/types';

/** The expression inside brackets, casts and the like. */
export function unwrapped(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
    case 'ExpressionStatement':
    case 'AwaitExpression':
      return unwrapped(node.type === 'AwaitExpression' ? node.argument : node.expression);
    default:
      return node;
  }
}

/** Whether an expression only names something that exists: `a`, `this.a`, `a[0].b`. */
export function isAlias(node: Node): boolean {
  const plain = unwrapped(node);
  if (plain.type === 'MemberExpression') return !plain.computed && isCallFree(plain.object);
  return plain.type === 'Identifier' || plain.type === 'ThisExpression';
}

/** Whether a path like `a.b[i].c` begins with a name. */
export function isCallFree(node: Node): boolean {
  const plain = unwrapped(node);
  if (plain.type === 'MemberExpression' || plain.type === 'OptionalMemberExpression') return isCallFree(plain.object);
  return ['Identifier', 'ThisExpression', 'Super'].includes(plain.type);
}

/** The statements of a block, or the one statement. */
export const statementsOf = (node: Node): readonly Node[] => (node.type === 'BlockStatement' ? node.body : [node]);
