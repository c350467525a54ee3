import type { Node } from '@babel/types';
import { type Class, classesOf, functionIn, type Own } from './methods.ts';
import { keyOf, memberName, unwrapped } from './nodes.ts';
import type { Sources } from './Sources.ts';

/** What a class has without declaring it, and what is a plain value. */
const OF_ANY_CLASS = new Set(['name', 'length']);

/**
 * A class that is named for parts of it only: `L.AXES`, `const { AXES } = L`, `x instanceof L`.
 *
 * @param wordOf - the text that an expression certainly is
 * @returns the node that names it, and the names of the parts, undefined if they are unknown
 */
export function namedForParts(
  node: Node,
  wordOf: (node: Node) => string | undefined,
): { readonly named: Node; readonly keys: readonly (string | undefined)[] } | undefined {
  if (node.type === 'MemberExpression') {
    const key = node.computed ? wordOf(node.property) : memberName(node.property);
    return { named: unwrapped(node.object), keys: [key] };
  }
  if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && node.init) {
    const keys = node.id.properties.map((entry) => (entry.type === 'RestElement' ? undefined : keyOf(entry)));
    return { named: unwrapped(node.init), keys };
  }
  const isQuestion = node.type === 'BinaryExpression' && node.operator === 'instanceof';
  return isQuestion ? { named: unwrapped(node.right), keys: [] } : undefined;
}

/**
 * What runs if only these parts of a class of the deliverables are used: the values of static fields, and what is put into
 * the class. Methods have none.
 *
 * @returns undefined if it may be anything in the class
 */
export function partsOf(sources: Sources, owner: Own, keys: readonly (string | undefined)[]): Own[] | undefined {
  const classes = classesOf(sources, owner);
  const members = classes.flatMap(({ file, node }) => node.body.body.map((member) => ({ file, member })));
  // `static [Symbol.hasInstance]` is called by a question.
  if (classes.length === 0 || members.some(({ member }) => nameOf(member) === undefined)) return undefined;
  const put = classes.flatMap((each) => [...(each.put ?? []), ...blocksIn(each.node)]);
  const values: Own[] = [];
  for (const key of keys) {
    const found = members.find(({ member }) => isStatic(member) && nameOf(member) === key);
    if (key === undefined || (!found && !OF_ANY_CLASS.has(key))) return undefined;
    const value = found && !functionIn(found.member) && 'value' in found.member ? (found.member.value as Node) : null;
    if (value) values.push({ kind: 'own', file: found!.file, name: `${owner.name}.${key}`, node: value });
  }
  return [...values, ...put.map((node) => ({ ...owner, node, put: undefined }))];
}

const blocksIn = ({ body }: Class): Node[] => body.body.filter(({ type }) => type === 'StaticBlock');

const isStatic = (member: Node): boolean => 'static' in member && member.static === true;

/** The name of a member, undefined if it has to be computed. */
const nameOf = (member: Node): string | undefined => ('key' in member ? keyOf(member) : member.type);
