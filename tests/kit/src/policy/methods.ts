import type { Node } from '@babel/types';
import { isFunction } from './nodes.ts';
import type { Binding, Sources } from './Sources.ts';

/** Something that a deliverable declares. */
export type Own = Extract<Binding, { kind: 'own' }>;
type Class = Node & { type: 'ClassDeclaration' | 'ClassExpression' };
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
  let known: Own | undefined = owner;
  for (let depth = 0; known && depth < MOST_CLASSES; depth++) {
    if (!isClass(known.node)) return undefined;
    const node = known.node.body.body.map(functionIn).find((member) => member?.name === name)?.node;
    if (node) return { ...known, name: `${owner.name}.${name}`, node, owner: known };
    known = superclassOf(sources, known);
  }
  return undefined;
}

/** The class of the deliverables that a class extends. */
export function superclassOf(sources: Sources, { file, node }: Own): Own | undefined {
  if (!isClass(node) || node.superClass?.type !== 'Identifier') return undefined;
  const binding = sources.resolve(file, node.superClass.name);
  return binding?.kind === 'own' ? binding : undefined;
}

/** The class of a package that a class extends, itself or by way of others of the deliverables. */
export function importedSuperclassOf(sources: Sources, owner: Own): Extract<Binding, { kind: 'imported' }> | undefined {
  let known: Own | undefined = owner;
  for (let depth = 0; known && depth < MOST_CLASSES; depth++) {
    const { node, file }: Own = known;
    if (!isClass(node) || node.superClass?.type !== 'Identifier') return undefined;
    const binding = sources.resolve(file, node.superClass.name);
    if (binding?.kind === 'imported') return binding;
    known = binding;
  }
  return undefined;
}

/** The name after `this.`, private or not, if it is written out. */
export function memberName(property: Node): string | undefined {
  if (property.type === 'PrivateName') return `#${property.id.name}`;
  if (property.type === 'Identifier') return property.name;
  return property.type === 'StringLiteral' ? property.value : undefined;
}

const isClass = (node: Node): node is Class => node.type === 'ClassDeclaration' || node.type === 'ClassExpression';

function functionIn(member: Node): { name: string | undefined; node: Node } | undefined {
  if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod')
    return { name: memberName(member.key), node: member };
  if (member.type !== 'ClassProperty' && member.type !== 'ClassPrivateProperty') return undefined;
  return member.value && isFunction(member.value) ? { name: memberName(member.key), node: member.value } : undefined;
}
