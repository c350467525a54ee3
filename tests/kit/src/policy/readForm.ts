import type { Node } from '@babel/types';
import { childrenOf, isFunction, isLoop, keyOf, memberName, propertyName, unwrapped } from './nodes.ts';
import { Locals } from './Locals.ts';
import { classesOf, isClass, type Method, methodOf, type Own, superclassOf } from './methods.ts';
import { type CallNode, isForEach, isOnFew, mayCallAgain, repeats } from './repeatedCalls.ts';
import { calledBack, isCalledBack, memberInCircle } from './repeatedMembers.ts';
import type { Binding, Sources } from './Sources.ts';

/** Something that a function does, itself or by way of others. */
export interface Fact {
  /**
   * Something is repeated; an element of an array of numbers is accessed in a loop; something that is not in the
   * deliverables is used; text becomes code; the function is not written yet.
   */
  readonly kind: 'loop' | 'element' | 'uses' | 'evaluates' | 'missing';
  /** `src/conv2d.ts:31` */
  readonly where: string;
  /** The source, or the name of what is used: `*` if it may be everything that a package exports. */
  readonly what: string;
  /** The package or file that it comes from. */
  readonly from: string;
  /** The functions on the way there, the requested one first. */
  readonly path: readonly string[];
  /** It is called directly, not passed on. */
  readonly isCalled: boolean;
  /** It is passed to another function, which may call it. */
  readonly isPassed: boolean;
}

/** Globals whose methods reach the elements of any array without an index in brackets. */
const REACH_ELEMENTS = new Set(['Reflect', 'Proxy', 'Atomics', 'DataView']);

/** If a function is called in two places, its facts are reported twice; further calls say nothing new. */
const MOST_TELLINGS = 2;

/**
 * What an exported function, or a method of an exported class, does, according to the syntax: through every function,
 * method, constant and class of the deliverables that it names. A function that calls itself, and one that is passed to
 * another, count as a loop.
 *
 * @param name - `conv2dVector`, or `ConvMethod2.ComputeUp`
 * @returns undefined if there is no such function
 * @throws CriterionFailure if a file cannot be parsed
 */
export function readForm(sources: Sources, file: string, name: string): Fact[] | undefined {
  const [top, method] = name.split('.');
  const binding = sources.resolve(file, top);
  if (binding?.kind !== 'own') return undefined;
  const asked: Own | undefined = method === undefined ? binding : methodOf(sources, binding, method);
  if (!asked) return undefined;
  const reading = new Reading(sources);
  if (isStub(asked.node)) reading.reportMissing(asked);
  if (method !== undefined) reading.inherit(binding);
  reading.follow(asked, { inLoop: false, path: [] });
  reading.reportGetterOfText();
  return reading.facts;
}

interface Context {
  readonly inLoop: boolean;
  readonly path: readonly string[];
}

interface Place extends Context {
  readonly file: string;
  readonly locals: Locals;
  /** The class whose method this is. */
  readonly owner: Own | undefined;
  /** Local functions around this place. */
  readonly within: readonly string[];
}

class Reading {
  readonly facts: Fact[] = [];
  readonly #sources: Sources;
  readonly #tellings = new Map<string, number>();
  readonly #callees = new WeakMap<Node, CallNode>();
  readonly #passed = new WeakSet<Node>();
  readonly #named = new WeakSet<Node>();
  #getter: { readonly node: Node; readonly place: Place } | undefined;
  #makesText = false;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  reportMissing({ file, name, node }: Own): void {
    this.#add('missing', node, { file, path: [name] }, name);
  }

  /** `JSON.stringify([each, each])` calls a getter of `each` twice. */
  reportGetterOfText(): void {
    if (this.#getter && this.#makesText) this.#add('loop', this.#getter.node, this.#getter.place);
  }

  /** What a class is built on is used by each of its methods. */
  inherit(owner: Own): void {
    const line = classesOf(this.#sources, owner);
    for (const [i, { file, name, node }] of line.entries()) {
      const place = {
        inLoop: false,
        path: [name],
        file,
        locals: this.#localsOf(file, node),
        owner: undefined,
        within: [],
      };
      const member = calledBack(node.body);
      if (member) this.#add('loop', member, place);
      if (node.superClass && i === line.length - 1) this.#visit(node.superClass, place);
    }
  }

  /** @param harmless - the parameters that certainly get something other than numbers to compute with */
  follow(
    { file, name, node, owner }: Own & Partial<Method>,
    { inLoop, path }: Context,
    harmless: readonly number[] = [],
  ): void {
    const isRecursive = path.includes(name);
    const key = `${file} ${name} ${inLoop || isRecursive} ${harmless.join()}`;
    const tellings = this.#tellings.get(key) ?? 0;
    if (tellings === MOST_TELLINGS) return;
    this.#tellings.set(key, tellings + 1);
    const locals = this.#localsOf(file, node, harmless);
    const body = isFunction(node) ? childrenOf(node) : [node];
    for (const child of body)
      this.#visit(child, { inLoop: inLoop || isRecursive, path: [...path, name], file, locals, owner, within: [] });
  }

  #localsOf(file: string, node: Node, harmless: readonly number[] = []): Locals {
    return new Locals(
      node,
      (part) => this.#sources.textOf(file, part),
      (name) => this.#returnsHarmless(file, name),
      harmless,
    );
  }

  /** The arguments of a call, by their positions, that certainly are something other than numbers to compute with. */
  #harmlessIn(callee: Node, { locals }: Place): number[] {
    const given = this.#callees.get(callee)?.arguments ?? [];
    if (given.some(({ type }) => type === 'SpreadElement')) return [];
    return given.flatMap((argument, i) => (locals.isHarmless(argument) ? [i] : []));
  }

  readonly #asked = new Set<string>();

  /** Whether every result of one of the deliverables' functions is a list of other things than numbers. */
  #returnsHarmless(file: string, name: string): boolean {
    const binding = this.#meant(file, name);
    const key = binding?.kind === 'own' ? `${binding.file} ${binding.name}` : '';
    if (binding?.kind !== 'own' || !isFunction(binding.node) || this.#asked.has(key)) return false;
    this.#asked.add(key);
    try {
      const locals = this.#localsOf(binding.file, binding.node);
      const results = resultsOf(binding.node);
      return results.length > 0 && results.every((result) => locals.isHarmless(result));
    } finally {
      this.#asked.delete(key);
    }
  }

  #visit(node: Node, outer: Place): void {
    const name = localFunction(node);
    const place = name === undefined ? outer : { ...outer, within: [...outer.within, name] };
    if (node.type === 'MemberExpression' && this.#method(node, place)) return;
    this.#note(node, place);
    const inside = { ...place, inLoop: true };
    if (isLoop(node)) {
      this.#add('loop', node, place);
      const isOnce = (child: Node) => 'init' in node && child === node.init;
      for (const child of childrenOf(node)) this.#visit(child, isOnce(child) ? place : inside);
    } else for (const child of childrenOf(node)) this.#visit(child, isFunction(node) ? inside : place);
  }

  #note(node: Node, place: Place): void {
    const { locals, inLoop } = place;
    this.#members(node, place);
    this.#names(node, place);
    if (node.type === 'CallExpression') {
      this.#callees.set(unwrapped(node.callee), node);
      for (const argument of node.arguments) this.#passed.add(unwrapped(argument));
      const isRepeated = repeats(node) || this.#callsAgain(node, place);
      if (isRepeated && !isOnFew(node, locals)) this.#add('loop', node, place);
    }
    if (isGetter(node)) this.#getter ??= { node: node.key, place };
    if (node.type === 'Identifier') this.#reference(node.name, node, place);
    else if (node.type === 'MemberExpression') this.#member(node, place);
    else if (node.type === 'ObjectPattern' && inLoop && takesByIndex(node)) this.#add('element', node, place);
    else if (node.type === 'ForOfStatement' && locals.isNumbers(node.right)) this.#add('element', node.right, place);
    else if (node.type === 'VariableDeclarator' && node.id.type === 'ArrayPattern' && node.init && inLoop) {
      if (locals.isNumbers(node.init)) this.#add('element', node, place);
    } else if (node.type === 'CallExpression' && isForEach(node) && locals.isNumbers(node))
      this.#add('element', node, place);
    else if (node.type === 'CallExpression' && propertyName(node.callee) === 'at' && inLoop && isOn(node, locals))
      this.#add('element', node, place);
    else if (node.type === 'CallExpression' && propertyName(node.callee) === 'next' && inLoop)
      this.#add('element', node, place);
  }

  /** Whether a method that may call a function many times is given one by a name: `text.replaceAll('x', each)`. */
  #callsAgain(call: CallNode, place: Place): boolean {
    return mayCallAgain(call) && call.arguments.some((one) => this.#isNamedFunction(one, place));
  }

  #isNamedFunction(given: Node, place: Place): boolean {
    const node = unwrapped(given);
    const { file, locals } = place;
    if (node.type === 'Identifier') {
      const binding = locals.has(node.name) ? undefined : this.#meant(file, node.name);
      const meant = binding?.kind === 'own' ? binding.node : locals.meaningOf(node.name);
      return meant !== undefined && isFunction(unwrapped(meant));
    }
    if (node.type === 'CallExpression') return propertyName(node.callee) === 'bind';
    if (node.type !== 'MemberExpression' || node.computed) return false;
    if (node.object.type === 'Identifier' && node.object.name === 'Math' && !locals.has('Math')) return true;
    const owner = this.#ownerOf(node.object, place);
    const name = memberName(node.property);
    return owner !== undefined && name !== undefined && methodOf(this.#sources, owner, name) !== undefined;
  }

  /** Follows `this.helper`, `super.helper` and `Own.helper`; false if it is not a method of the deliverables. */
  #method({ object, property, computed }: Node & { type: 'MemberExpression' }, place: Place): boolean {
    const name = computed ? undefined : memberName(property);
    const owner = this.#ownerOf(object, place);
    const method = owner && name !== undefined ? methodOf(this.#sources, owner, name) : undefined;
    if (!method) return false;
    if (place.path.includes(method.name)) this.#add('loop', property, place);
    this.follow(method, place);
    return true;
  }

  #ownerOf(object: Node, { file, locals, owner }: Place): Own | undefined {
    if (object.type === 'ThisExpression') return owner;
    if (object.type === 'Super') return owner && superclassOf(this.#sources, owner);
    if (object.type !== 'Identifier' || locals.has(object.name)) return undefined;
    const binding = this.#sources.resolve(file, object.name);
    return binding?.kind === 'own' ? binding : undefined;
  }

  /** Functions of a class or an object that repeat something without a loop. */
  #members(node: Node, place: Place): void {
    const { file } = place;
    const bodies = isClass(node)
      ? classesOf(this.#sources, { kind: 'own', file, name: '', node }).map((each) => each.node.body)
      : node.type === 'ObjectExpression'
        ? [node]
        : [];
    const isOther = (name: string) => !place.locals.has(name) && !this.#isNodeOf(file, name, node);
    const member = bodies.map(calledBack).find((one) => one) ?? memberInCircle(bodies, isOther);
    if (member) this.#add('loop', member, place);
    if (node.type === 'StringLiteral' && isCalledBack(node.value)) this.#add('loop', node, place);
    if (node.type === 'AssignmentExpression' && isCalledBack(propertyName(node.left))) this.#add('loop', node, place);
  }

  /** Notes places in which a namespace is named for a part of it only: `T.zeros`, `const { zeros } = T`, `const M = T`. */
  #names(node: Node, place: Place): void {
    if (node.type === 'MemberExpression' && propertyName(node) !== undefined) this.#named.add(unwrapped(node.object));
    if (node.type !== 'VariableDeclarator' || !node.init) return;
    const [{ id }, from] = [node, unwrapped(node.init)];
    if (id.type === 'Identifier') for (const name of [id, from]) this.#named.add(name);
    const namespace = id.type === 'ObjectPattern' ? this.#namespaceOf(from, place) : undefined;
    if (id.type !== 'ObjectPattern' || namespace === undefined) return;
    const keys = id.properties.map((entry) => (entry.type === 'RestElement' ? undefined : keyOf(entry)));
    if (keys.includes(undefined)) return;
    this.#named.add(from);
    for (const [i, key] of keys.entries()) {
      this.#passed.add(id.properties[i]);
      this.#uses(id.properties[i], namespace, place, key);
    }
  }

  #member(node: Node & { type: 'MemberExpression' }, place: Place): void {
    const { object, property, computed } = node;
    const namespace = this.#namespaceOf(object, place);
    if (namespace !== undefined && propertyName(node) !== undefined) this.#uses(node, namespace, place);
    if (isOfSymbol(node) && !place.locals.has('Symbol')) this.#add('loop', node, place);
    if (!computed || !place.inLoop || isConstant(property) || place.locals.isHarmless(object)) return;
    if (place.locals.isWord(property)) return;
    this.#add('element', node, place);
  }

  /** The package that a name, or another name for it, stands for as a whole. */
  #namespaceOf(object: Node, place: Place): string | undefined {
    let node: Node | undefined = object;
    for (let depth = 0; depth < 10 && node?.type === 'Identifier' && place.locals.has(node.name); depth++)
      node = place.locals.meaningOf(node.name);
    if (node?.type !== 'Identifier') return undefined;
    const binding = this.#meant(place.file, node.name);
    return binding?.kind === 'imported' && binding.name === '*' ? binding.from : undefined;
  }

  /** A name that is used: one of the deliverable's own functions, which is read too, or something imported. */
  #reference(name: string, node: Node, place: Place): void {
    if (place.within.includes(name) && this.#callees.has(node)) this.#add('loop', node, place);
    const namespace = this.#named.has(node) ? undefined : this.#namespaceOf(node, place);
    if (namespace !== undefined) return this.#uses(node, namespace, place, '*');
    if (place.locals.has(name)) return;
    if (name === 'eval' || name === 'Function') return this.#add('evaluates', node, place);
    const binding = this.#meant(place.file, name);
    if (!binding && REACH_ELEMENTS.has(name) && place.inLoop) this.#add('element', node, place);
    if (!binding && name === 'Proxy') this.#add('loop', node, place);
    if (!binding && name === 'JSON') this.#makesText = true;
    if (binding?.kind === 'own') {
      if (isInside(binding, place)) return;
      if (place.path.includes(binding.name)) this.#add('loop', node, place);
      this.follow(binding, place, this.#harmlessIn(node, place));
    } else if (binding && binding.name !== '*') this.#uses(node, binding.from, place, binding.name);
  }

  #isNodeOf(file: string, name: string, node: Node): boolean {
    const binding = this.#meant(file, name);
    return binding?.kind === 'own' && binding.node === node;
  }

  /** What a name refers to, through other names for it: `const conv = convolve`. */
  #meant(file: string, name: string): Binding | undefined {
    let binding = this.#sources.resolve(file, name);
    for (let depth = 0; binding?.kind === 'own' && binding.node.type === 'Identifier' && depth < 10; depth++)
      binding = this.#sources.resolve(binding.file, binding.node.name);
    return binding;
  }

  #uses(node: Node, from: string, place: Place, name = propertyName(node) ?? ''): void {
    this.#add('uses', node, place, name, from);
  }

  #add(
    kind: Fact['kind'],
    node: Node,
    { file, path }: Pick<Place, 'file' | 'path'>,
    what = this.#sources.textOf(file, node),
    from = '',
  ): void {
    const where = `${file}:${node.loc?.start.line ?? 1}`;
    const [isCalled, isPassed] = [this.#callees.has(node), this.#passed.has(node)];
    this.facts.push({ kind, where, what, from, path, isCalled, isPassed });
  }
}

/** `{ get size() { … } }`, or the part of a property's description that is its getter. */
const isGetter = (node: Node): node is Node & { type: 'ObjectMethod' | 'ObjectProperty' } =>
  (node.type === 'ObjectMethod' && node.kind === 'get') || (node.type === 'ObjectProperty' && keyOf(node) === 'get');

/** A function that always throws `NotImplementedError`, as the skeleton has it. */
function isStub(node: Node): boolean {
  const body = 'body' in node && !Array.isArray(node.body) ? (node.body as Node) : undefined;
  if (body?.type !== 'BlockStatement') return false;
  return body.body.some(
    (statement) =>
      statement.type === 'ThrowStatement' &&
      statement.argument.type === 'NewExpression' &&
      statement.argument.callee.type === 'Identifier' &&
      statement.argument.callee.name === 'NotImplementedError',
  );
}

/** What a function may return; of functions inside it nothing. */
function resultsOf(node: Node): Node[] {
  const { body } = node as Node & { body: Node };
  if (body.type !== 'BlockStatement') return [body];
  const inside = (part: Node): Node[] => {
    if (isFunction(part)) return [];
    if (part.type === 'ReturnStatement') return part.argument ? [part.argument] : [];
    return childrenOf(part).flatMap(inside);
  };
  return inside(body);
}

/** The name by which a function that is written inside another one can call itself. */
function localFunction(node: Node): string | undefined {
  if (node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression') return node.id?.name;
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !node.init) return undefined;
  return isFunction(unwrapped(node.init)) ? node.id.name : undefined;
}

const isOn = ({ callee }: CallNode, locals: Locals): boolean =>
  callee.type === 'MemberExpression' && locals.isNumbers(callee.object);

/** `Symbol.iterator`, `Symbol.toPrimitive`: what has such a method repeats what it likes. */
const isOfSymbol = ({ object }: Node & { type: 'MemberExpression' }): boolean =>
  object.type === 'Identifier' && object.name === 'Symbol';

/** Whether a class is named inside itself: that its members do not call themselves is examined once. */
const isInside = ({ name, node }: Own, { path }: Context): boolean =>
  isClass(node) &&
  path.includes(name) &&
  path.slice(path.indexOf(name)).every((one) => one === name || one.startsWith(`${name}.`));

/** `const { [i]: value } = numbers` */
const takesByIndex = ({ properties }: Node & { type: 'ObjectPattern' }): boolean =>
  properties.some((entry) => entry.type === 'ObjectProperty' && entry.computed && !isConstant(entry.key));

/** An index that is the same each time. */
const isConstant = (node: Node): boolean => node.type === 'NumericLiteral' || node.type === 'StringLiteral';
