import type { Node, VariableDeclaration } from '@babel/types';
import { childrenOf, propertyName, unwrapped } from './nodes.ts';

/** How a name was declared inside a function. */
interface Declaration {
  /** Its type annotation. */
  readonly annotation: string;
  /** Its initial value. */
  readonly init: Node | undefined;
  /** The property that it is taken from: `data` in `{ data: numbers }`. */
  readonly property: string | undefined;
  /** What it is a part of: `a.shape` for `rest` in `[N, ...rest] = a.shape`. */
  readonly restOf: Node | undefined;
  /** What it is each element of: `names` in `for (const name of names)`. */
  readonly eachOf?: Node | undefined;
  /** Set if it is a parameter: whether it certainly gets something other than numbers to compute with. */
  readonly passed?: 'harmless' | 'anything';
}

/** A list that may hold numbers of a tensor, or sizes and positions: what is put into it shows. */
const LIST = /^: *((readonly )?number\[\]|(Readonly)?Array<number>)$/;
/** Methods that put their arguments into an array. */
const PUTTING = new Set(['push', 'unshift', 'splice']);

const NUMBERS = /Float(32|64)Array|\bReal\b|\bnumber\[\]|Array(Like)?<number>/;
const TENSORS = /\bTensor\[\]|Array<(Tensor|readonly|\[)|\bRange\b|(Record|Map)<\w+, *(readonly )?Tensor\b/;
/** Whole rows: `Float64Array[]`, `number[][]`, `Array<Real>`. */
const ROWS =
  /(Float(32|64)Array|\bReal|\bnumber\[\])(<\w+>)?\[\]|Array<(readonly )?(Float(32|64)Array|Real\b|number\[\])/;
/** A key that is no index. */
const WORD = /[^\d]/;
/** Methods of an array that return some of its elements. */
const PARTS = new Set(['slice', 'filter', 'concat', 'toReversed', 'toSorted']);
const TYPED = /^(Float|Int|Uint|BigInt|BigUint)\w*Array$/;

/** The names declared inside one function, and which of them hold numbers, as far as the syntax shows. */
export class Locals {
  readonly #declarations = new Map<string, Declaration[]>();
  readonly #text: (node: Node) => string;
  readonly #returnsHarmless: (name: string) => boolean;
  /** What is assigned to a name or put into it, after it was declared. */
  readonly #put = new Map<string, Node[]>();

  /**
   * @param text - the source of a node
   * @param returnsHarmless - whether the function with this name, declared elsewhere, certainly returns something other
   *   than numbers to compute with
   * @param harmless - the positions of the parameters that certainly get such things
   */
  constructor(
    root: Node,
    text: (node: Node) => string,
    returnsHarmless: (name: string) => boolean,
    harmless: readonly number[] = [],
  ) {
    this.#text = text;
    this.#returnsHarmless = returnsHarmless;
    this.#collect(root, harmless);
    // Its own name belongs to the scope outside: a function that names itself calls itself.
    if (root.type === 'FunctionDeclaration' && root.id) this.#declarations.delete(root.id.name);
  }

  has(name: string): boolean {
    return this.#declarations.has(name);
  }

  /** What a name stands for, if it is declared once. */
  meaningOf(name: string): Node | undefined {
    const all = this.#declarations.get(name) ?? [];
    return all.length === 1 && all[0].property === undefined ? all[0].init : undefined;
  }

  /** Whether an expression is certainly a shape, or a part of one. */
  isShape(given: Node): boolean {
    const node = unwrapped(given);
    if (propertyName(node) === 'shape') return true;
    if (node.type === 'Identifier') return this.#every(node.name, (one) => this.#declaresShape(one));
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
    return PARTS.has(propertyName(node.callee) ?? '') && this.isShape(node.callee.object);
  }

  #declaresShape({ property, init, restOf }: Declaration): boolean {
    if (property === 'shape') return true;
    const of = restOf ?? init;
    return of !== undefined && this.isShape(of);
  }

  /** Whether an expression is an array of numbers: a tensor's `data`, a typed array, or a name for one. */
  isNumbers(given: Node): boolean {
    const node = unwrapped(given);
    if (propertyName(node) === 'data') return true;
    if (node.type === 'Identifier')
      return this.#look(
        node.name,
        (all) => all.some((one) => this.#declaresNumbers(one)) || this.#getsNumbers(node.name),
      );
    if (node.type === 'NewExpression') return node.callee.type === 'Identifier' && TYPED.test(node.callee.name);
    if (node.type === 'ArrayExpression')
      return node.elements.some((element) => element?.type === 'SpreadElement' && this.isNumbers(element.argument));
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
    const { object } = node.callee;
    if (object.type === 'Identifier' && TYPED.test(object.name)) return true;
    const isCopy = object.type === 'Identifier' && object.name === 'Array' && node.arguments.length > 0;
    return isCopy ? this.isNumbers(node.arguments[0]) : this.isNumbers(object);
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
    if (node.type === 'Identifier') return this.#every(node.name, (one) => this.#declaresHarmless(one));
    if (node.type === 'NewExpression') return node.callee.type === 'Identifier' && node.callee.name === 'Array';
    if (node.type !== 'CallExpression') return false;
    if (node.callee.type === 'Identifier') return this.#returnsHarmless(node.callee.name);
    if (node.callee.type !== 'MemberExpression') return false;
    const { object } = node.callee;
    return (object.type === 'Identifier' && object.name === 'Array') || this.isHarmless(object);
  }

  #declaresNumbers(one: Declaration): boolean {
    const { annotation, init, property } = one;
    return (
      (NUMBERS.test(annotation) && !ROWS.test(annotation) && !this.#isPlainList(one)) ||
      property === 'data' ||
      (init !== undefined && this.isNumbers(init))
    );
  }

  /** Whether a list of numbers holds nothing that comes from a tensor. */
  #isPlainList({ annotation, init, passed }: Declaration): boolean {
    if (!LIST.test(annotation)) return false;
    if (passed !== undefined) return passed === 'harmless';
    return init !== undefined && this.isHarmless(init) && !this.#namesNumbers(init);
  }

  #getsNumbers(name: string): boolean {
    return (this.#put.get(name) ?? []).some((node) => this.isNumbers(node) || this.#spreadsNumbers(node));
  }

  #spreadsNumbers(node: Node): boolean {
    if (node.type === 'SpreadElement') return this.#namesNumbers(node.argument);
    return childrenOf(node).some((child) => this.#spreadsNumbers(child));
  }

  /** Whether an expression takes whole arrays of numbers from somewhere. */
  #namesNumbers(node: Node): boolean {
    if (propertyName(node) === 'length') return false;
    return this.isNumbers(node) || childrenOf(node).some((child) => this.#namesNumbers(child));
  }

  #declaresHarmless(one: Declaration): boolean {
    const { annotation, init, property } = one;
    return (
      this.#isPlainList(one) ||
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
      return judge(this.#declarations.get(name) ?? []);
    } finally {
      this.#open.delete(name);
    }
  }

  #collect(node: Node, harmless: readonly number[] = []): void {
    this.#collectPut(node);
    if (node.type === 'VariableDeclarator') this.#declare(node.id, node.init ?? undefined);
    if (node.type === 'FunctionDeclaration' && node.id) this.#declare(node.id, node);
    const isEach = node.type === 'ForOfStatement' && node.left.type === 'VariableDeclaration';
    if (isEach) this.#declareEach((node.left as VariableDeclaration).declarations[0].id, unwrapped(node.right));
    if ('params' in node && Array.isArray(node.params))
      for (const [i, param] of node.params.entries()) this.#declareParameter(param, harmless.includes(i));
    for (const child of childrenOf(node)) if (!isEach || child !== node.left) this.#collect(child);
  }

  /** `xs = …`, `xs.push(...ys)` */
  #collectPut(node: Node): void {
    const put = (to: Node, from: readonly Node[]): void => {
      if (to.type === 'Identifier') this.#put.set(to.name, [...(this.#put.get(to.name) ?? []), ...from]);
    };
    if (node.type === 'AssignmentExpression') put(node.left, [node.right]);
    else if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
      if (PUTTING.has(propertyName(node.callee) ?? ''))
        put(
          unwrapped(node.callee.object),
          node.arguments.filter(({ type }) => type === 'SpreadElement'),
        );
  }

  #declareParameter(param: Node, isHarmless: boolean): void {
    const named = param.type === 'AssignmentPattern' ? param.left : param;
    if (named.type !== 'Identifier') return this.#declare(param, undefined);
    this.#declare(param, undefined);
    const all = this.#declarations.get(named.name)!;
    this.#declarations.set(named.name, [
      ...all.slice(0, -1),
      { ...all.at(-1)!, passed: isHarmless ? 'harmless' : 'anything' },
    ]);
  }

  #declareEach(pattern: Node, eachOf: Node): void {
    if (pattern.type !== 'Identifier') return this.#declare(pattern, undefined);
    const one = { annotation: '', init: undefined, property: undefined, restOf: undefined, eachOf };
    this.#declarations.set(pattern.name, [...(this.#declarations.get(pattern.name) ?? []), one]);
  }

  #declare(pattern: Node, init: Node | undefined, property?: string, restOf?: Node): void {
    const from = init === undefined ? undefined : unwrapped(init);
    if (pattern.type === 'Identifier') {
      const annotation = pattern.typeAnnotation ? this.#text(pattern.typeAnnotation) : '';
      const all = this.#declarations.get(pattern.name) ?? [];
      this.#declarations.set(pattern.name, [...all, { annotation, init: from, property, restOf }]);
    } else if (pattern.type === 'AssignmentPattern') this.#declare(pattern.left, pattern.right);
    else if (pattern.type === 'RestElement') this.#declare(pattern.argument, from);
    else if (pattern.type === 'ArrayPattern')
      pattern.elements.forEach((element, i) => {
        const of = from?.type === 'ArrayExpression' ? (from.elements[i] ?? undefined) : undefined;
        if (element?.type === 'RestElement') this.#declare(element.argument, of, undefined, from);
        else if (element) this.#declare(element, of);
      });
    else if (pattern.type === 'ObjectPattern')
      for (const entry of pattern.properties) {
        if (entry.type === 'RestElement') this.#declare(entry.argument, undefined);
        else this.#declare(entry.value, undefined, entry.key.type === 'Identifier' ? entry.key.name : undefined);
      }
  }
}

const isWordLiteral = (node: Node | null): boolean => node?.type === 'StringLiteral' && WORD.test(node.value);
