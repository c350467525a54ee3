import type { Node } from '@babel/types';
import { functionIn } from './methods.ts';
import { childrenOf, keyOf, memberName, propertyName, unwrapped } from './nodes.ts';

/** A class body or an object literal. */
export type Members = Node & { type: 'ClassBody' | 'ObjectExpression' };

/** Methods that the language itself calls, as often as it likes: `[each, each].join()` calls `each.toString` twice. */
const CALLED_BACK = new Set(['toString', 'valueOf', 'toJSON', 'next']);
/** Properties of a tensor, which a class around one may give its own members' names. */
const OF_TENSORS = new Set(['shape', 'data', 'length']);

const isCalledBack = (name: string | undefined): boolean => name !== undefined && CALLED_BACK.has(name);

/**
 * What shows that a member function repeats something without a loop: the language calls it, or it calls itself.
 *
 * @param bodies - the members that the node declares: of a class and those that it extends, or of an object
 * @param isOther - whether an expression certainly stands for something else than the class or the object
 */
export function repeatedMember(
  node: Node,
  bodies: readonly Members[],
  isOther: (node: Node) => boolean,
): Node | undefined {
  if (node.type === 'StringLiteral' && isCalledBack(node.value)) return node;
  if (node.type === 'AssignmentExpression' && isCalledBack(propertyName(node.left))) return node;
  return bodies.map(calledBack).find((one) => one) ?? memberInCircle(bodies, isOther);
}

/**
 * The key of a member that the language itself calls, or may call: one whose name is not written out. A text for messages
 * does no work, however often it is made.
 */
export function calledBack(members: Members): Node | undefined {
  const all = membersOf(members);
  const getters = new Set(all.flatMap((one) => ('kind' in one && one.kind === 'get' ? [keyOf(one)] : [])));
  const found = all.find((member) => {
    if (!('key' in member)) return false;
    const name = keyOf(member);
    const made = functionIn(member)?.node;
    if (name === undefined) return made !== undefined;
    return isCalledBack(name) && !(made && childrenOf(made).every((part) => isIdle(part, getters)));
  });
  return found && keyIn(found);
}

const WRITING = new Set(
  'AssignmentExpression UpdateExpression NewExpression TaggedTemplateExpression YieldExpression AwaitExpression'.split(
    ' ',
  ),
);
/** Methods that make a text. */
const TEXTS = new Set('join toString stringify toFixed toPrecision padStart padEnd toUpperCase toLowerCase'.split(' '));

/** Whether code only reads, and makes a text of what it reads. */
function isIdle(node: Node, getters: ReadonlySet<string | undefined>): boolean {
  if (WRITING.has(node.type)) return false;
  if (node.type === 'CallExpression' && !TEXTS.has(propertyName(node.callee) ?? '')) return false;
  if (node.type === 'MemberExpression' && getters.has(memberName(node.property))) return false;
  if (node.type === 'MemberExpression' && node.computed && node.property.type !== 'NumericLiteral') return false;
  return childrenOf(node).every((child) => isIdle(child, getters));
}

const keyIn = (member: Node): Node | undefined => ('key' in member ? member.key : undefined);

/** The key of a member function that calls itself, by way of others or not. */
function memberInCircle(bodies: readonly Members[], isOther: (node: Node) => boolean): Node | undefined {
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
function mentioned(node: Node, names: ReadonlySet<string>, isOther: (node: Node) => boolean): Set<string> {
  const found = new Set<string>();
  const visit = (part: Node): void => {
    for (const name of namesIn(part, names, isOther)) if (names.has(name)) found.add(name);
    for (const child of childrenOf(part)) visit(child);
  };
  visit(node);
  return found;
}

function namesIn(node: Node, names: ReadonlySet<string>, isOther: (node: Node) => boolean): Iterable<string> {
  if (node.type === 'NewExpression') return isOther(unwrapped(node.callee)) ? [] : [CONSTRUCTOR];
  if (node.type === 'ObjectPattern')
    return node.properties.flatMap((one) => (one.type === 'RestElement' ? [] : [keyOf(one) ?? '']));
  if (node.type === 'CallExpression') {
    const callee = unwrapped(node.callee);
    const isComputed = 'computed' in callee && callee.computed && 'property' in callee;
    return isComputed && keyOf({ key: callee.property, computed: true }) === undefined ? names : [];
  }
  if (node.type !== 'MemberExpression') return [];
  const name = node.computed && node.property.type !== 'StringLiteral' ? undefined : memberName(node.property);
  const object = unwrapped(node.object);
  if (object.type === 'Super' || isOther(object) || OF_TENSORS.has(propertyName(object) ?? '')) return [];
  const isOfTensor = OF_TENSORS.has(name ?? '') && object.type !== 'ThisExpression';
  return name === undefined || isOfTensor ? [] : [name];
}
