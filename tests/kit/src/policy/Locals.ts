import type { Node } from '@babel/types';
import { type Declaration, Declarations, nameIn } from './Declarations.ts';
import type { Given } from './Given.ts';
import { resultsOf } from './functions.ts';
import { childrenOf, isFunction, propertyName, unwrapped } from './nodes.ts';
import { Sizes } from './Sizes.ts';

/** What is known of names that are declared outside of a function. */
export interface Outside {
  /** The text of a type annotation, with what its aliases stand for. */
  type(annotation: Node): string;
  /** Whether the function with this name certainly returns something other than numbers to compute with. */
  returnsHarmless(name: string): boolean;
  /** Whether it returns a list that certainly holds such lists, this far inside. */
  returnsLists(name: string, depth: number): boolean;
  /** Whether one of its results may be a list of any length. */
  returnsLong(name: string): boolean;
  /** Whether the function with this name returns rows of numbers, as lists. */
  returnsRows(name: string): boolean;
  /** Whether a name is that of a list of numbers that is written out and never changed. */
  isTable(name: string): boolean;
  /** What a constant of the file stands for. */
  constant(name: string): Node | undefined;
}

/** A list that may hold numbers of a tensor, or sizes and positions: what is put into it shows. */
const LIST = /^: *((readonly )?number\[\]|(Readonly)?Array<number>|U?[Ii]nt(8|16|32)\w*Array)$/;

const NUMBERS = /Float(32|64)Array|\bReal\b|\bnumber\[\]|Array(Like)?<number>/;
const TENSORS = /\bTensor\[\]|Array<(Tensor|readonly|\[)|\bRange\b|(Record|Map)<\w+, *(readonly )?Tensor\b/;
/** Whole rows: `Float64Array[]`, `number[][]`, `Array<Real>`. */
export const ROWS =
  /(Float(32|64)Array|\bReal|\bnumber\[\])(<\w+>)?\[\]|Array<(readonly )?(Float(32|64)Array|Real\b|number\[\])/;
const NO_FUNCTION = /^: *(readonly )?(string|number|boolean|Tensor|Real|\w*Array)\b/;
/** A key that is no index. */
const WORD = /[^\d]/;
/** Methods that make a list of what a function returns. */
const MAKING = new Set(['from', 'map']);
const REALS = /^Float\w*Array$/;
/** Arrays of integers, which are positions unless they are filled with a tensor's numbers. */
const INTEGERS = /^(Int|Uint|BigInt|BigUint)\w*Array$/;

/** The names declared inside one function, and which of them hold numbers, as far as the syntax shows. */
export class Locals {
  readonly sizes: Sizes;
  readonly #declarations: Declarations;
  readonly #outside: Outside;

  /**
   * @param given - what is known of the arguments
   * @param owners - the class that the function belongs to, and those that it extends
   */
  constructor(root: Node, outside: Outside, given: readonly Given[] = [], owners: readonly Node[] = []) {
    this.#outside = outside;
    this.#declarations = new Declarations(root, (annotation) => outside.type(annotation), given, owners);
    this.sizes = new Sizes(this.#declarations, outside);
  }

  has(name: string): boolean {
    return this.#declarations.of(name).length > 0;
  }

  /** What a name stands for, if it is declared once. */
  meaningOf(name: string): Node | undefined {
    const all = this.#declarations.of(name);
    return all.length === 1 && all[0].property === undefined ? all[0].init : undefined;
  }

  /** The property that a name was taken from, if it is declared once: `forEach` in `const { forEach: all } = numbers`. */
  propertyOf(name: string): string | undefined {
    const all = this.#declarations.of(name);
    return all.length === 1 ? all[0].property : undefined;
  }

  /** Whether a name is that of a parameter that may be a function. */
  mayBeFunction(name: string): boolean {
    return this.#declarations.of(name).some(({ passed, annotation }) => passed && !NO_FUNCTION.test(annotation));
  }

  /** The text that an expression certainly is: `'forEach'`, or a name for it. */
  wordOf(given: Node): string | undefined {
    const node = unwrapped(given);
    if (node.type === 'StringLiteral') return node.value;
    if (node.type !== 'Identifier') return undefined;
    const meant = this.has(node.name) ? this.meaningOf(node.name) : this.#outside.constant(node.name);
    return meant?.type === 'StringLiteral' ? meant.value : undefined;
  }

  /** Whether an expression is an array of numbers: a tensor's `data`, a typed array, or a name for one. */
  isNumbers(given: Node): boolean {
    const node = unwrapped(given);
    if (['data', 'buffer'].includes(propertyName(node) ?? '')) return true;
    const name = nameIn(node);
    if (name !== undefined)
      return this.#look(name, (all) => all.some((one) => this.#declaresNumbers(one)) || this.#getsNumbers(name));
    if (node.type === 'NewExpression') return this.#makesNumbers(node.callee, node.arguments);
    if (node.type === 'ArrayExpression')
      return node.elements.some((element) => element?.type === 'SpreadElement' && this.isNumbers(element.argument));
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
    const { object } = node.callee;
    if (this.#makesNumbers(object, node.arguments)) return true;
    const isCopy = object.type === 'Identifier' && object.name === 'Array' && node.arguments.length > 0;
    return isCopy ? this.isNumbers(node.arguments[0]) : this.isNumbers(object);
  }

  /** Whether what a typed array is made of are numbers to compute with. */
  #makesNumbers(typed: Node, from: readonly Node[]): boolean {
    if (typed.type !== 'Identifier') return false;
    return REALS.test(typed.name) || (INTEGERS.test(typed.name) && from.some((one) => this.namesNumbers(one)));
  }

  /** Whether an element is one of numbers that were copied all at once: `z.data[i]` after `z.data.set(a.data)`. */
  isOfCopy(given: Node): boolean {
    const node = unwrapped(given);
    if (node.type !== 'MemberExpression' || !node.computed) return false;
    const array = this.#meant(node.object);
    const isLong = (one: Node): boolean => this.sizes.isLong(one);
    if (array.type !== 'MemberExpression') return array.type === 'CallExpression' && isLong(array);
    const made = this.#meant(array.object);
    const isFilled = this.#declarations.putInto(nameIn(array) ?? '').some(isLong);
    return isFilled || (made.type === 'CallExpression' && made.arguments.some(isLong));
  }

  #meant(given: Node): Node {
    const node = unwrapped(given);
    return (node.type === 'Identifier' && this.meaningOf(node.name)) || node;
  }

  /** Whether an expression is one of a few words that are written out, and so no index. */
  isWord(node: Node): boolean {
    if (node.type !== 'Identifier') return false;
    return this.#every(node.name, ({ eachOf }) => {
      const list = eachOf?.type === 'Identifier' ? this.meaningOf(eachOf.name) : eachOf;
      return list?.type === 'ArrayExpression' && list.elements.every(isWordLiteral);
    });
  }

  /** Whether an array certainly holds something other than numbers to compute with: a shape, or tensors. */
  isHarmless(given: Node): boolean {
    const node = unwrapped(given);
    if (this.isNumbers(node)) return false;
    if (propertyName(node) === 'shape') return true;
    if (node.type === 'ArrayExpression') return true;
    if (this.#isTable(node)) return true;
    if (node.type === 'MemberExpression' && node.computed) return this.holdsLists(node.object);
    const name = nameIn(node);
    if (name !== undefined) return this.#every(name, (one) => this.#declaresHarmless(one));
    if (node.type === 'NewExpression') return isArrayType(node.callee);
    if (node.type !== 'CallExpression') return false;
    if (node.callee.type === 'Identifier') return this.#outside.returnsHarmless(node.callee.name);
    if (node.callee.type !== 'MemberExpression') return false;
    const { object } = node.callee;
    return isArrayType(object) || this.isHarmless(object);
  }

  /**
   * Whether a list certainly holds lists of something other than numbers to compute with: `Tensor[][]`.
   *
   * @param depth - how far inside they are
   */
  holdsLists(given: Node, depth = 1): boolean {
    const node = unwrapped(given);
    if (node.type === 'MemberExpression' && node.computed) return this.holdsLists(node.object, depth + 1);
    if (node.type === 'ArrayExpression')
      return node.elements.length > 0 && node.elements.every((one) => one !== null && this.#isInside(one, depth));
    if (node.type === 'CallExpression') return this.#makesLists(node, depth);
    const name = nameIn(node);
    if (name === undefined || this.#declarations.putInside(name).some((one) => this.namesNumbers(one))) return false;
    return this.#every(name, (one) => this.#declaresLists(one, depth));
  }

  #declaresLists({ annotation, init, eachOf }: Declaration, depth: number): boolean {
    if (depthOfTensors(annotation) > depth) return !init || !this.namesNumbers(init);
    if (eachOf) return this.holdsLists(eachOf, depth + 1);
    return init !== undefined && this.holdsLists(init, depth);
  }

  /** `Array.from({ length: K }, (_, i) => [ … ])`, `rows.map(…)`, or a function of the deliverables */
  #makesLists({ callee, arguments: given }: Node & { type: 'CallExpression' }, depth: number): boolean {
    if (callee.type === 'Identifier') return this.#outside.returnsLists(callee.name, depth);
    const made = given.map(unwrapped).find(isFunction);
    const results = made ? resultsOf(made) : [];
    return (
      MAKING.has(propertyName(callee) ?? '') && results.length > 0 && results.every((one) => this.#isInside(one, depth))
    );
  }

  #isInside(one: Node, depth: number): boolean {
    return depth > 1 ? this.holdsLists(one, depth - 1) : this.isHarmless(one) && !this.namesNumbers(one);
  }

  /** A list of the file, or one of the lists in it. */
  #isTable(node: Node): boolean {
    if (node.type === 'MemberExpression' && node.computed) return this.#isTable(unwrapped(node.object));
    return node.type === 'Identifier' && !this.has(node.name) && this.#outside.isTable(node.name);
  }

  #declaresNumbers(one: Declaration): boolean {
    const { annotation, init, property, eachOf, isField } = one;
    const isList = isField && LIST.test(annotation);
    return (
      (NUMBERS.test(annotation) && !ROWS.test(annotation) && !isList && !this.#isPlainList(one)) ||
      property === 'data' ||
      property === 'buffer' ||
      (eachOf !== undefined && this.#isRows(eachOf)) ||
      (init !== undefined && this.isNumbers(init))
    );
  }

  /** Whether a list holds rows of a tensor's numbers. Lists of positions look alike, if nothing shows what is in them. */
  #isRows(node: Node): boolean {
    if (node.type === 'CallExpression')
      return node.callee.type === 'Identifier' && this.#outside.returnsRows(node.callee.name);
    const meant = node.type === 'Identifier' ? this.meaningOf(node.name) : undefined;
    return meant?.type === 'CallExpression' && this.#isRows(meant);
  }

  /** Whether a list of numbers holds nothing that comes from a tensor. */
  #isPlainList({ annotation, init, passed }: Declaration): boolean {
    if (passed?.isHarmless) return true;
    if (!LIST.test(annotation) || passed !== undefined) return false;
    return init !== undefined && this.isHarmless(init) && !this.namesNumbers(init);
  }

  #getsNumbers(name: string): boolean {
    const put = this.#declarations.putInto(name);
    const known = name.startsWith('this.')
      ? put.filter((node) => !(node.type === 'Identifier' && this.#declarations.saysNothingOf(node.name)))
      : put;
    return known.some((node) => this.isNumbers(node) || this.#spreadsNumbers(node));
  }

  #spreadsNumbers(node: Node): boolean {
    if (node.type === 'SpreadElement') return this.namesNumbers(node.argument);
    return childrenOf(node).some((child) => this.#spreadsNumbers(child));
  }

  /** Whether an expression takes whole arrays of numbers from somewhere. */
  namesNumbers(node: Node): boolean {
    if (propertyName(node) === 'length') return false;
    return this.isNumbers(node) || childrenOf(node).some((child) => this.namesNumbers(child));
  }

  #declaresHarmless(one: Declaration): boolean {
    const { annotation, init, property, eachOf } = one;
    return (
      this.#isPlainList(one) ||
      (eachOf !== undefined && this.holdsLists(eachOf)) ||
      TENSORS.test(annotation) ||
      ROWS.test(annotation) ||
      property === 'shape' ||
      (init !== undefined && this.isHarmless(init))
    );
  }

  /** Names that are being looked up: a declaration may refer to itself. */
  readonly #open = new Set<string>();

  #every(name: string, test: (one: Declaration) => boolean): boolean {
    return this.#look(name, (all) => all.length > 0 && all.every(test));
  }

  #look(name: string, judge: (all: readonly Declaration[]) => boolean): boolean {
    if (this.#open.has(name)) return false;
    this.#open.add(name);
    try {
      return judge(this.#declarations.of(name));
    } finally {
      this.#open.delete(name);
    }
  }
}

/** How many lists are around a tensor in a type: 2 in `readonly (readonly Tensor[])[]`. */
function depthOfTensors(annotation: string): number {
  let type = annotation.replace(/^:|readonly |Readonly(?=Array)|[() ]/g, '');
  for (let before = ''; before !== type;) {
    before = type;
    type = type.replace(/\b(Array<|(Record|Map)<\w+,)([^<>]*)>/, '$3[]');
  }
  return /^Tensor(\[\])*$/.test(type) ? (type.length - 'Tensor'.length) / 2 : 0;
}

const isWordLiteral = (node: Node | null): boolean => node?.type === 'StringLiteral' && WORD.test(node.value);

const isArrayType = (node: Node): boolean =>
  node.type === 'Identifier' && (node.name === 'Array' || INTEGERS.test(node.name));
