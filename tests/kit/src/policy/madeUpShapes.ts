import type { Node } from '@babel/types';
import { PUTTING } from './Declarations.ts';
import { resultsOf } from './functions.ts';
import { type Class, isClass } from './methods.ts';
import { childrenOf, isFunction, keyOf, propertyName, unwrapped } from './nodes.ts';
import type { Place } from './Place.ts';
import type { Scopes } from './Scopes.ts';

/** Functions of the library that make a tensor, and the argument that is its shape. */
const SHAPE_OF = new Map([
  ['zeros', 0],
  ['tensor', 0],
  ['reshape', 1],
]);

/**
 * Whether a node makes a shape of a list that may have any length, or of a tensor's numbers: `zeros(Array(n).fill(1))`,
 * `{ shape: x.data }`. What is done for each size of a shape is no loop, and so nothing else may be called one.
 */
export function makesUpShape(node: Node, place: Place, scopes: Scopes): boolean {
  const isLong = (one: Node | null | undefined): boolean => !!one && place.locals.sizes.isLong(one);
  switch (node.type) {
    case 'CallExpression': {
      const i = SHAPE_OF.get(scopes.givenName(node.callee, place) ?? '');
      const into = node.callee.type === 'MemberExpression' && isShape(node.callee.object);
      const isPut = into && PUTTING.has(propertyName(node.callee) ?? '') && node.arguments.some(isLong);
      return isPut || (i !== undefined && isLong(node.arguments[i]));
    }
    case 'NewExpression': {
      const made = scopes.ownerOf(node.callee, place)?.node;
      return made !== undefined && isClass(made) && shapesGiven(made).some((i) => isLong(node.arguments[i]));
    }
    case 'AssignmentExpression': {
      const { left } = node;
      const isLength = left.type === 'MemberExpression' && propertyName(left) === 'length' && isShape(left.object);
      return isLength || (isShape(left) && isLong(node.right));
    }
    case 'ObjectProperty':
    case 'ClassProperty':
      return keyOf(node) === 'shape' && isLong(node.value);
    case 'ObjectMethod':
    case 'ClassMethod':
      return keyOf(node) === 'shape' && resultsOf(node).some(isLong);
    default:
      return false;
  }
}

const isShape = (node: Node): boolean => propertyName(unwrapped(node)) === 'shape';

/** The positions of a constructor's parameters that become the shape: `constructor(readonly shape: number[])`. */
function shapesGiven({ body }: Class): number[] {
  const made = body.body.find((member) => member.type === 'ClassMethod' && member.kind === 'constructor');
  const params = made?.type === 'ClassMethod' ? made.params : [];
  return params.flatMap((param, i) => {
    const named = param.type === 'TSParameterProperty' ? param.parameter : param;
    const name = named.type === 'Identifier' ? named.name : undefined;
    const isField = param.type === 'TSParameterProperty' && name === 'shape';
    return isField || (name !== undefined && becomesShape(name, made!)) ? [i] : [];
  });
}

/** `this.shape = name` */
function becomesShape(name: string, node: Node): boolean {
  if (node.type === 'AssignmentExpression' && isShape(node.left)) {
    const right = unwrapped(node.right);
    return right.type === 'Identifier' && right.name === name;
  }
  return childrenOf(node).some((child) => !isFunction(child) && becomesShape(name, child));
}
