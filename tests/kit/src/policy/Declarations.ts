import type { Node, VariableDeclaration } from '@babel/types';
import { resultsOf } from './functions.ts';
import type { Given } from './Given.ts';
import { childrenOf, isFunction, keyOf, memberName, propertyName, unwrapped } from './nodes.ts';
import { isClass } from './methods.ts';

/** How a name was declared inside a function, or a field in its class. */
export interface Declaration {
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
  /** Set if it is a field: what is put into it from outside does not show. */
  readonly isField?: boolean;
  /** Set if it is a parameter: what is known of what it gets. */
  readonly passed?: Given;
  /** What all calls give to a parameter of a function inside, undefined where nothing; none if others may call it. */
  readonly given?: () => readonly (Node | undefined)[];
}

const ANYTHING: Given = { isHarmless: false, isFew: false, areFewFromHere: false, isLong: false };

/** Methods that put their arguments into an array. */
export const PUTTING = new Set(['push', 'unshift', 'splice']);

/** `images`, `this.images` and `batch.images`: what a variable, or a member of something with a name, is called here. */
export function nameIn(given: Node): string | undefined {
  const node = unwrapped(given);
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' || node.computed) return undefined;
  const { object } = node;
  if (object.type === 'ThisExpression') return `this.${memberName(node.property)}`;
  return object.type === 'Identifier' ? `${object.name}.${memberName(node.property)}` : undefined;
}

/** `rows` in `rows[i]` and `rows[i][j]` */
function listOf(given: Node): Node {
  const node = unwrapped(given);
  return node.type === 'MemberExpression' && node.computed ? listOf(node.object) : node;
}

/** The names that a function declares, the fields of its class, and what is put into them. */
export class Declarations {
  readonly #declared = new Map<string, Declaration[]>();
  /** What is assigned to a name or put into it, after it was declared. */
  readonly #put = new Map<string, Node[]>();
  /** What is put into lists with a name, or into lists inside of them, one by one or not. */
  readonly #inside = new Map<string, Node[]>();
  readonly #type: (annotation: Node) => string;
  /** The names of functions inside. */
  readonly #names = new WeakMap<Node, string>();
  /** The arguments of each call of a name, and how often it is mentioned. */
  readonly #calls = new Map<string, (readonly Node[])[]>();
  readonly #mentions = new Map<string, number>();

  /**
   * @param type - the text of a type annotation
   * @param given - what is known of the arguments
   * @param owners - the class that the function belongs to, and those that it extends
   */
  constructor(
    root: Node,
    type: (annotation: Node) => string,
    given: readonly Given[] = [],
    owners: readonly Node[] = [],
  ) {
    this.#type = type;
    for (const owner of owners) if (isClass(owner)) this.#collectFields(owner.body);
    this.#collect(root, given);
    // Its own name belongs to the scope outside: a function that names itself calls itself.
    if (root.type === 'FunctionDeclaration' && root.id) this.#declared.delete(root.id.name);
  }

  of(name: string): readonly Declaration[] {
    return this.#declared.get(name) ?? [];
  }

  putInto(name: string): readonly Node[] {
    return this.#put.get(name) ?? [];
  }

  putInside(name: string): readonly Node[] {
    return this.#inside.get(name) ?? [];
  }

  #collectFields(body: Node): void {
    for (const member of childrenOf(body)) this.#collectField(member);
    const visit = (node: Node): void => {
      this.#collectPut(node, (name) => name.startsWith('this.'));
      for (const child of childrenOf(node)) visit(child);
    };
    visit(body);
  }

  /** `images: Tensor[] = []`, `get images() { … }`, `constructor(readonly images: Tensor[])` */
  #collectField(member: Node): void {
    const name = 'key' in member ? `this.${keyOf(member)}` : '';
    if (member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty') {
      const annotation = member.typeAnnotation ? this.#type(member.typeAnnotation) : '';
      this.#add(name, { annotation, init: member.value ? unwrapped(member.value) : undefined, isField: true });
    }
    if (member.type !== 'ClassMethod' && member.type !== 'ClassPrivateMethod') return;
    if (member.kind === 'get') for (const result of resultsOf(member)) this.#add(name, { init: unwrapped(result) });
    for (const param of member.params)
      if (param.type === 'TSParameterProperty') this.#declare(param.parameter, undefined, { prefix: 'this.' });
  }

  /** Whether a name says nothing about its value, such as a parameter. */
  saysNothingOf(name: string): boolean {
    return this.of(name).every(({ init, restOf }) => !init && !restOf);
  }

  #collect(node: Node, given: readonly Given[] = []): void {
    this.#collectPut(node);
    this.#collectCall(node);
    if (node.type === 'ClassBody') for (const member of node.body) this.#collectField(member);
    if (node.type === 'VariableDeclarator') this.#declare(node.id, node.init ?? undefined);
    if (node.type === 'FunctionDeclaration' && node.id) this.#declare(node.id, node);
    const isEach = node.type === 'ForOfStatement' && node.left.type === 'VariableDeclaration';
    if (isEach) this.#declareEach((node.left as VariableDeclaration).declarations[0].id, unwrapped(node.right));
    if ('params' in node && Array.isArray(node.params))
      for (const [i, param] of node.params.entries()) this.#declareParameter(param, i, node, given);
    for (const child of childrenOf(node)) if (!isEach || child !== node.left) this.#collect(child);
  }

  /** `xs = …`, `xs.push(...ys)`, `this.xs.set(ys)` */
  #collectPut(node: Node, isAsked: (name: string) => boolean = () => true): void {
    const put = (to: Node, from: readonly Node[]): void => {
      const name = nameIn(to);
      if (name !== undefined && isAsked(name)) this.#put.set(name, [...this.putInto(name), ...from]);
    };
    const putInside = (to: Node, from: readonly Node[]): void => {
      const name = nameIn(listOf(to));
      if (name !== undefined && isAsked(name)) this.#inside.set(name, [...this.putInside(name), ...from]);
    };
    if (node.type === 'AssignmentExpression') put(node.left, [node.right]);
    if (node.type === 'AssignmentExpression' && listOf(node.left) !== node.left) putInside(node.left, [node.right]);
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
    const [method, { object }] = [propertyName(node.callee) ?? '', node.callee];
    if (PUTTING.has(method) || method === 'set') putInside(object, node.arguments);
    if (method === 'set') put(object, node.arguments.slice(0, 1));
    if (PUTTING.has(method))
      put(
        object,
        node.arguments.filter(({ type }) => type === 'SpreadElement'),
      );
  }

  #declareParameter(param: Node, i: number, owner: Node, given: readonly Given[]): void {
    const own = param.type === 'TSParameterProperty' ? param.parameter : param;
    const isRest = own.type === 'RestElement';
    const named = own.type === 'AssignmentPattern' ? own.left : isRest ? own.argument : own;
    this.#declare(own, undefined);
    if (named.type !== 'Identifier') return;
    const all = this.of(named.name);
    const known = given.at(i) ?? ANYTHING;
    const passed = isRest ? { ...ANYTHING, isFew: known.areFewFromHere } : known;
    const fromCalls = () => this.#argumentsOf(owner, i, isRest);
    this.#declared.set(named.name, [...all.slice(0, -1), { ...all.at(-1)!, passed, given: fromCalls }]);
  }

  /** What a function inside gets in all its calls; nothing if it is named elsewhere, too. */
  #argumentsOf(owner: Node, i: number, isRest: boolean): readonly (Node | undefined)[] {
    const name = this.#names.get(owner);
    const calls = (name !== undefined && this.#calls.get(name)) || [];
    if (name === undefined || this.of(name).length > 1 || calls.length < (this.#mentions.get(name) ?? 0)) return [];
    return calls.map((call) => {
      if (isRest) return { type: 'ArrayExpression', elements: call.slice(i) } as Node;
      return call.slice(0, i + 1).some(({ type }) => type === 'SpreadElement') ? undefined : call[i];
    });
  }

  /** `const volume = (shape) => …`, `volume(x.shape)`, and other places with such a name */
  #collectCall(node: Node): void {
    if (node.type === 'FunctionDeclaration' && node.id) this.#names.set(node, node.id.name);
    const isNamed = node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init;
    if (isNamed && isFunction(unwrapped(isNamed))) {
      const { name } = node.id as Node & { type: 'Identifier' };
      this.#names.set(unwrapped(isNamed), name);
      // Its own place is no mention.
      this.#mentions.set(name, (this.#mentions.get(name) ?? 0) - 1);
    }
    if (node.type === 'Identifier') this.#mentions.set(node.name, (this.#mentions.get(node.name) ?? 0) + 1);
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return;
    this.#calls.set(node.callee.name, [...(this.#calls.get(node.callee.name) ?? []), node.arguments]);
  }

  #declareEach(pattern: Node, eachOf: Node): void {
    if (pattern.type === 'Identifier') this.#add(pattern.name, { eachOf });
    else this.#declare(pattern, undefined);
  }

  #declare(
    pattern: Node,
    init: Node | undefined,
    {
      property,
      restOf,
      prefix = '',
    }: { property?: string | undefined; restOf?: Node | undefined; prefix?: string } = {},
  ): void {
    const from = init === undefined ? undefined : unwrapped(init);
    if (pattern.type === 'Identifier') {
      const annotation = pattern.typeAnnotation ? this.#type(pattern.typeAnnotation) : '';
      this.#add(prefix + pattern.name, { annotation, init: from, property, restOf, isField: prefix !== '' });
    } else if (pattern.type === 'AssignmentPattern') this.#declare(pattern.left, pattern.right, { prefix });
    else if (pattern.type === 'RestElement') this.#declare(pattern.argument, from);
    else if (pattern.type === 'ArrayPattern')
      pattern.elements.forEach((element, i) => {
        const of = from?.type === 'ArrayExpression' ? (from.elements[i] ?? undefined) : undefined;
        if (element?.type === 'RestElement')
          this.#declare(element.argument, of, from ? { restOf: from, property } : { property });
        else if (element) this.#declare(element, of);
      });
    else if (pattern.type === 'ObjectPattern')
      for (const entry of pattern.properties) {
        if (entry.type === 'RestElement') this.#declare(entry.argument, undefined);
        else this.#declare(entry.value, undefined, { property: keyOf(entry) });
      }
  }

  #add(name: string, one: Partial<Declaration>): void {
    const whole = { annotation: '', init: undefined, property: undefined, restOf: undefined, ...one };
    this.#declared.set(name, [...this.of(name), whole]);
  }
}
