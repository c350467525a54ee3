import type { Node } from '@babel/types';
import { childrenOf, isFunction, keyOf, propertyName, unwrapped } from './nodes.ts';
import type { Binding, Sources } from './Sources.ts';

/** Something that a deliverable declares. */
export type Own = Extract<Binding, { kind: 'own' }>;
export type Class = Node & { type: 'ClassDeclaration' | 'ClassExpression' };
/** A method, and the class that it belongs to. */
export type Method = Own & { readonly owner: Own };

/** The chain of a class that extends itself, by way of others, has no end. */
const MOST_CLASSES = 10;

/**
 * The member of a class of the deliverables with this name: a method, an accessor, or a property that holds a function;
 * its own or one that it inherits from another class of the deliverables.
 *
 * @returns undefined if there is none
 */
export function methodOf(sources: Sources, owner: Own, name: string): Method | undefined {
  for (const known of classesOf(sources, owner)) {
    const node = known.node.body.body.map(functionIn).find((member) => member?.name === name)?.node;
    if (node) return { ...known, name: `${owner.name}.${name}`, node, put: undefined, owner: known };
  }
  return undefined;
}

/** A class and the classes of the deliverables that it extends, itself first; none if it is no class. */
export function classesOf(sources: Sources, owner: Own): (Own & { readonly node: Class })[] {
  const line: (Own & { readonly node: Class })[] = [];
  let known: Own | undefined = owner;
  for (let depth = 0; known && isClass(known.node) && depth < MOST_CLASSES; depth++) {
    line.push({ ...known, node: known.node });
    known = superclassOf(sources, known);
  }
  return line;
}

/** The class of the deliverables that a class extends. */
export function superclassOf(sources: Sources, { file, node }: Own): Own | undefined {
  if (!isClass(node) || node.superClass?.type !== 'Identifier') return undefined;
  const binding = sources.resolve(file, node.superClass.name);
  return binding?.kind === 'own' ? binding : undefined;
}

export const isClass = (node: Node): node is Class =>
  node.type === 'ClassDeclaration' || node.type === 'ClassExpression';

/** The function that a member of a class or of an object literal holds, and its name if that is written out. */
export function functionIn(member: Node): { name: string | undefined; node: Node } | undefined {
  if (!('key' in member)) return undefined;
  const name = keyOf(member);
  if (isFunction(member)) return { name, node: member };
  const value = 'value' in member && member.value ? unwrapped(member.value as Node) : undefined;
  return value && isFunction(value) ? { name, node: value } : undefined;
}

/** What is assigned to a member with this name: `this.up = …`. */
export function assignedTo(name: string, node: Node): Node[] {
  const own = node.type === 'AssignmentExpression' && propertyName(node.left) === name ? [node.right] : [];
  return [...own, ...childrenOf(node).flatMap((child) => assignedTo(name, child))];
}
