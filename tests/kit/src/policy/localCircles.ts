import type { Node } from '@babel/types';
import { childrenOf, isFunction, memberName, unwrapped } from './nodes.ts';
import { putBy, targetsOf } from './puts.ts';

/**
 * The name of a function, inside another one, that gets back to itself: by its own name, by another name for it, by
 * way of other functions, as an argument, or by a list or an object that it is in.
 *
 * @param root - what has the functions inside
 * @param isOwn - whether a name that is declared outside is one of the deliverables'
 */
export function localCircle(root: Node, isOwn: (name: string) => boolean): Node | undefined {
  for (const part of outermost(root)) {
    const found = new Circles(part, isOwn).find();
    if (found) return found;
  }
  return undefined;
}

/** Functions that are not inside others: names in one say nothing about another. In a namespace they do. */
function outermost(root: Node): Node[] {
  if (isFunction(root) || root.type === 'TSModuleDeclaration') return [root];
  return childrenOf(root).flatMap(outermost);
}

class Circles {
  /** Where a name is declared. */
  readonly #at = new Map<string, Node>();
  /** The names that functions under a name mention. */
  readonly #calls = new Map<string, Set<string>>();
  /** The names that a name stands for, or has inside. */
  readonly #holds = new Map<string, Set<string>>();

  readonly #isOwn: (name: string) => boolean;

  constructor(root: Node, isOwn: (name: string) => boolean) {
    this.#isOwn = isOwn;
    this.#collect(root);
    this.#collectPassed(root);
  }

  find(): Node | undefined {
    for (const [name, called] of this.#calls)
      if ([...called].some((one) => this.#reaches(one, name))) return this.#at.get(name);
    return undefined;
  }

  #reaches(from: string, to: string, seen = new Set<string>()): boolean {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    const next = [...(this.#calls.get(from) ?? []), ...(this.#holds.get(from) ?? [])];
    return next.some((one) => this.#reaches(one, to, seen));
  }

  #collect(node: Node): void {
    const isNamed = node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression';
    if (isNamed && node.id) this.#give(node.id, node);
    if (node.type === 'VariableDeclarator' && node.init) for (const id of targetsOf(node.id)) this.#give(id, node.init);
    for (const { into, value } of putBy(node)) this.#give(into, value);
    for (const child of childrenOf(node)) this.#collect(child);
  }

  /** A function that is passed to another one of the deliverables is called by it, for all that the syntax shows. */
  #collectPassed(node: Node): void {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
      const { name } = node.callee;
      for (const given of this.#at.has(name) || this.#isOwn(name) ? node.arguments : [])
        if (given.type === 'Identifier' && this.#isFunction(given.name)) {
          if (!this.#at.has(name)) this.#at.set(name, given);
          add(this.#calls, name, given.name);
        }
    }
    for (const child of childrenOf(node)) this.#collectPassed(child);
  }

  readonly #functions = new Set<string>();

  #isFunction(name: string, depth = 0): boolean {
    if (this.#functions.has(name)) return true;
    const others = [...(this.#holds.get(name) ?? [])];
    return depth < 3 && others.some((one) => this.#isFunction(one, depth + 1));
  }

  #give(id: Node & { type: 'Identifier' }, given: Node): void {
    const value = unwrapped(given);
    if (value.type === 'Identifier' && value.name === id.name) return;
    if (!this.#at.has(id.name)) this.#at.set(id.name, id);
    if (isFunction(value)) this.#functions.add(id.name);
    this.#hold(id.name, value);
  }

  /** Follows a value through everything that still has it inside afterwards, such as a list. */
  #hold(name: string, given: Node): void {
    const value = unwrapped(given);
    if (isFunction(value)) for (const one of mentionedIn(value)) add(this.#calls, name, one);
    else if (value.type === 'Identifier') add(this.#holds, name, value.name);
    else if (value.type === 'MemberExpression') this.#hold(name, value.object);
    else if (value.type === 'CallExpression') for (const part of heldByCall(value)) this.#hold(name, part);
    else if (HOLDING.has(value.type)) for (const child of childrenOf(value)) this.#hold(name, child);
  }
}

const HOLDING = new Set(
  'ArrayExpression ObjectExpression ObjectProperty NewExpression ConditionalExpression LogicalExpression SpreadElement SequenceExpression AssignmentExpression'.split(
    ' ',
  ),
);

/** What a call may return: functions that it is given, and what it binds. */
function heldByCall({ callee, arguments: given }: Node & { type: 'CallExpression' }): Node[] {
  const inline = given.filter((one) => isFunction(unwrapped(one)));
  const isBound = callee.type === 'MemberExpression' && memberName(callee.property) === 'bind';
  return isBound ? [callee.object, ...inline] : inline;
}

/** The names outside of a function that are mentioned in it. */
function mentionedIn(node: Node, hidden: ReadonlySet<string> = new Set()): string[] {
  const inside = isFunction(node) ? new Set([...hidden, ...declaredIn(node)]) : hidden;
  if (node.type === 'Identifier') return hidden.has(node.name) ? [] : [node.name];
  return childrenOf(node).flatMap((child) => mentionedIn(child, inside));
}

/** The names that a function declares itself. */
function declaredIn(node: Node): string[] {
  const params = 'params' in node && Array.isArray(node.params) ? (node.params as Node[]) : [];
  const inside = (part: Node): Node[] => {
    if (part.type === 'FunctionDeclaration') return part.id ? [part.id] : [];
    if (isFunction(part)) return [];
    return [...(part.type === 'VariableDeclarator' ? [part.id] : []), ...childrenOf(part).flatMap(inside)];
  };
  return [...params, ...childrenOf(node).flatMap(inside)].flatMap(targetsOf).map(({ name }) => name);
}

function add(map: Map<string, Set<string>>, name: string, other: string): void {
  map.set(name, (map.get(name) ?? new Set()).add(other));
}
