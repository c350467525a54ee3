import type { Node } from '@babel/types';
import { type Declaration, type Declarations, nameIn } from './Declarations.ts';
import { areFew } from './Given.ts';
import type { Outside } from './Locals.ts';
import { childrenOf, keyOf, propertyName, unwrapped } from './nodes.ts';

/** Methods of an array that return some of its elements, or as many. */
const PARTS = new Set(['slice', 'filter', 'concat', 'map', 'toReversed', 'toSorted']);
/** Functions that make a list of what they are given. */
const LISTS_OF = new Set(['Array.from', 'Object.entries', 'Object.keys', 'Object.values']);

/** Arrays, and what makes them. */
const ARRAYS = /^((Float|Int|Uint|BigInt|BigUint)\d\w*)?Array$/;

/** How many things a list holds, as far as the syntax shows. */
export class Sizes {
  readonly #declarations: Declarations;
  readonly #outside: Outside;
  /** Names that are being looked up: a list may become a part of itself. */
  readonly #open = new Set<string>();

  constructor(declarations: Declarations, outside: Outside) {
    this.#declarations = declarations;
    this.#outside = outside;
  }

  /** Whether an expression certainly is a list of a few things: a shape, a part of one, or a short list that is written out. */
  isFew(given: Node): boolean {
    const node = unwrapped(given);
    if (node.type === 'ArrayExpression') return this.areFew(node.elements);
    if (node.type === 'ObjectExpression') return !node.properties.some(saysLength) && this.areFew(node.properties);
    if (node.type === 'CallExpression') return this.#makesFew(node);
    return node.type === 'Identifier' ? this.#isNameOfFew(node.name) : this.#isShape(node);
  }

  /** Whether it certainly is a shape or a part of one, and so a list of numbers. */
  isPartOfShape(given: Node): boolean {
    const node = unwrapped(given);
    const meant = (node.type === 'Identifier' && this.#meaningOf(node.name)) || node;
    if (meant.type === 'Identifier')
      return this.isFew(meant) && this.#declarations.of(meant.name).every(({ passed }) => !passed);
    if (meant.type !== 'CallExpression' || meant.callee.type !== 'MemberExpression') return this.#isShape(meant);
    return propertyName(meant.callee) !== 'map' && this.isFew(meant) && this.isPartOfShape(meant.callee.object);
  }

  #isShape(node: Node): boolean {
    if (propertyName(node) !== 'shape') return false;
    return this.#ownShapes(node).every((one) => this.#isPassedOn(one) || this.isFew(one));
  }

  /** Whether a list of these would be one of a few things. */
  areFew(elements: readonly (Node | null)[]): boolean {
    return areFew(elements, (one) => this.isFew(one));
  }

  /** Whether an expression may be a list of any length, such as a tensor's numbers: something shows that it is. */
  isLong(given: Node): boolean {
    const node = unwrapped(given);
    if (['data', 'buffer'].includes(propertyName(node) ?? '')) return true;
    const name = nameIn(node);
    if (name !== undefined) return this.#isNameOfLong(name);
    switch (node.type) {
      case 'SpreadElement':
        return this.isLong(node.argument);
      case 'ArrayExpression':
        return node.elements.some((one) => one?.type === 'SpreadElement' && this.isLong(one));
      case 'ConditionalExpression':
        return this.isLong(node.consequent) || this.isLong(node.alternate);
      case 'LogicalExpression':
        return this.isLong(node.left) || this.isLong(node.right);
      case 'NewExpression':
      case 'CallExpression':
        return this.#makesLong(node);
      default:
        return false;
    }
  }

  #makesLong({ callee, arguments: given }: Node & { type: 'CallExpression' | 'NewExpression' }): boolean {
    if (callee.type === 'Identifier') {
      if (ARRAYS.test(callee.name)) return given.length === 1 && (this.isLong(given[0]) || this.#isAnySize(given[0]));
      return this.#outside.returnsLong(callee.name);
    }
    if (callee.type !== 'MemberExpression') return false;
    const { object } = callee;
    if (propertyName(callee) === 'repeat') return given.some((one) => this.#isAnySize(one));
    const isOfGlobal = object.type === 'Identifier' && (object.name === 'Object' || ARRAYS.test(object.name));
    if (!isOfGlobal)
      return this.isLong(object) || (propertyName(callee) === 'concat' && given.some((one) => this.isLong(one)));
    const from = given.length > 0 ? unwrapped(given[0]) : undefined;
    if (from?.type !== 'ObjectExpression') return from !== undefined && this.isLong(from);
    return from.properties.some(
      (one) => one.type === 'ObjectProperty' && saysLength(one) && this.#isAnySize(one.value),
    );
  }

  /** Whether a number may be anything but the number of axes. */
  #isAnySize(given: Node): boolean {
    const node = unwrapped(given);
    const meant = (node.type === 'Identifier' && this.#meaningOf(node.name)) || node;
    return meant.type !== 'NumericLiteral' && meant.type !== 'ArrayExpression' && !this.#countsAxes(meant);
  }

  #countsAxes(node: Node): boolean {
    if (node.type === 'MemberExpression' && propertyName(node) === 'length') return !this.isLong(node.object);
    return childrenOf(node).some((child) => this.#countsAxes(child));
  }

  #isNameOfLong(name: string): boolean {
    if (this.#open.has(name)) return false;
    this.#open.add(name);
    try {
      const all = this.#declarations.of(name);
      const constant = all.length === 0 ? this.#outside.constant(name) : undefined;
      return (
        all.some((one) => this.#declaresLong(one)) ||
        (constant !== undefined && this.isLong(constant)) ||
        this.#declarations.putInto(`${name}.length`).length > 0 ||
        this.#declarations.putInto(name).some((one) => this.isLong(one))
      );
    } finally {
      this.#open.delete(name);
    }
  }

  #declaresLong({ property, init, restOf, passed, given }: Declaration): boolean {
    if (property === 'data' || property === 'buffer' || passed?.isLong) return true;
    const of = restOf ?? init;
    if (of) return this.isLong(of);
    return (given?.() ?? []).some((one) => one !== undefined && this.isLong(one));
  }

  #makesFew({ callee, arguments: given }: Node & { type: 'CallExpression' }): boolean {
    if (callee.type !== 'MemberExpression') return false;
    const name = propertyName(callee) ?? '';
    if (callee.object.type === 'Identifier' && LISTS_OF.has(`${callee.object.name}.${name}`))
      return given.length > 0 && this.isFew(given[0]);
    const isMore = name === 'concat' && !given.every((one) => this.isFew(one));
    return PARTS.has(name) && !isMore && this.isFew(callee.object);
  }

  #isNameOfFew(name: string): boolean {
    if (this.#open.has(name)) return true;
    this.#open.add(name);
    try {
      const all = this.#declarations.of(name);
      const put = this.#declarations.putInto(name);
      const isStretched = this.#declarations.putInto(`${name}.length`).length > 0;
      return (
        all.length > 0 &&
        !isStretched &&
        all.every((one) => this.#declaresFew(one)) &&
        put.every((one) => this.isFew(one.type === 'SpreadElement' ? one.argument : one))
      );
    } finally {
      this.#open.delete(name);
    }
  }

  #declaresFew({ property, init, restOf, passed, given }: Declaration): boolean {
    if (property === 'shape' || passed?.isFew) return true;
    const of = restOf ?? init;
    if (of) return this.isFew(of);
    const all = given?.() ?? [];
    return all.length > 0 && all.every((one) => one !== undefined && this.isFew(one));
  }

  /** What is called a shape by the deliverables themselves: `{ shape: [...numbers.keys()] }` has none. */
  #ownShapes(node: Node): readonly Node[] {
    const { object } = node as Node & { type: 'MemberExpression' };
    const name = nameIn(node) ?? '';
    const put = this.#declarations.putInto(name);
    if (object.type === 'ThisExpression')
      return [...put, ...this.#declarations.of(name).flatMap(({ init }) => init ?? [])];
    if (object.type !== 'Identifier') return put;
    const made = this.#meaningOf(object.name);
    if (made?.type !== 'ObjectExpression') return put;
    const member = made.properties.find((one) => one.type !== 'SpreadElement' && keyOf(one) === 'shape');
    return member ? [...put, member.type === 'ObjectProperty' ? member.value : member] : put;
  }

  #meaningOf(name: string): Node | undefined {
    const all = this.#declarations.of(name);
    if (all.length === 0) return this.#outside.constant(name);
    return all.length === 1 && all[0].property === undefined ? all[0].init : undefined;
  }

  /** A name that says nothing about its value, such as a parameter. */
  #isPassedOn(node: Node): boolean {
    return node.type === 'Identifier' && this.#declarations.saysNothingOf(node.name);
  }
}

/** `{ length: 9 }` is as good as a list of nine. */
const saysLength = (member: Node): boolean => 'key' in member && [undefined, 'length'].includes(keyOf(member));
