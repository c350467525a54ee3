import type { Node } from '@babel/types';
import { functionIn } from './methods.ts';
import { childrenOf, keyOf, memberName, unwrapped } from './nodes.ts';

/** A class body or an object literal. */
export type Members = Node & { type: 'ClassBody' | 'ObjectExpression' };

/** Methods that the language itself calls, as often as it likes: `[each, each].join()` calls `each.toString` twice. */
const CALLED_BACK = new Set(['toString', 'valueOf', 'toJSON', 'next']);
/** Properties of a tensor, which a class around one may give its own members' names. */
const OF_TENSORS = new Set(['shape', 'data', 'length']);

export const isCalledBack = (name: string | undefined): boolean => name !== undefined && CALLED_BACK.has(name);

/** The key of a member that the language itself calls, or may call: one whose name is not written out. */
export function calledBack(members: Members): Node | undefined {
  const found = membersOf(members).find((member) => {
    if (!('key' in member)) return false;
    const name = keyOf(member);
    return isCalledBack(name) || (name === undefined && functionIn(member) !== undefined);
  });
  return found && keyIn(found);
}

const keyIn = (member: Node): Node | undefined => ('key' in member ? member.key : undefined);

/**
 * The key of a member function that calls itself, by way of others or not.
 *
 * @param bodies - a class and the classes that it extends, or an object literal
 * @param isOther - whether a name certainly means something else than the class
 */
export function memberInCircle(bodies: readonly Members[], isOther: (name: string) => boolean): Node | undefined {
  const functions = bodies.flatMap(membersOf).flatMap((member) => {
    const { name, node } = functionIn(member) ?? { name: CONSTRUCTOR, node: member };
    return name === undefined ? [] : [{ name, node, key: keyIn(member) ?? member }];
  });
  const names = new Set(functions.map(({ name }) => name));
  const calls = functions.map(({ name, node, key }) => ({ name, called: mentioned(node, names, isOther), key }));
  const reached = (from: ReadonlySet<string>, seen = new Set<string>()): ReadonlySet<string> => {
    for (const name of from)
      if (!seen.has(name)) {
        seen.add(name);
        for (const one of calls) if (one.name === name) reached(one.called, seen);
      }
    return seen;
  };
  return calls.find(({ name, called }) => reached(called).has(name))?.key;
}

/** Values of fields are computed by it too. */
const CONSTRUCTOR = 'constructor';

const membersOf = (members: Members): Node[] => (members.type === 'ClassBody' ? members.body : members.properties);

/** The members that a function may call. */
function mentioned(node: Node, names: ReadonlySet<string>, isOther: (name: string) => boolean): Set<string> {
  const found = new Set<string>();
  const visit = (part: Node): void => {
    for (const name of namesIn(part, names, isOther)) if (names.has(name)) found.add(name);
    for (const child of childrenOf(part)) visit(child);
  };
  visit(node);
  return found;
}

function namesIn(node: Node, names: ReadonlySet<string>, isOther: (name: string) => boolean): Iterable<string> {
  if (node.type === 'NewExpression') {
    const callee = unwrapped(node.callee);
    return callee.type === 'Identifier' && isOther(callee.name) ? [] : [CONSTRUCTOR];
  }
  if (node.type === 'ObjectPattern')
    return node.properties.flatMap((one) => (one.type === 'RestElement' ? [] : [keyOf(one) ?? '']));
  if (node.type === 'CallExpression' || node.type === 'OptionalCallExpression') {
    const callee = unwrapped(node.callee);
    const isComputed = 'computed' in callee && callee.computed && 'property' in callee;
    return isComputed && keyOf({ key: callee.property, computed: true }) === undefined ? names : [];
  }
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return [];
  const name = node.computed && node.property.type !== 'StringLiteral' ? undefined : memberName(node.property);
  const object = unwrapped(node.object).type;
  const isOfOther = object === 'Super' || (OF_TENSORS.has(name ?? '') && object !== 'ThisExpression');
  return name === undefined || isOfOther ? [] : [name];
}
