import type { Node } from '@babel/types';
import { ends, MOST_CHOICES } from './choices.ts';
import { elementIn } from './elements.ts';
import type { Given } from './Given.ts';
import { localCircle } from './localCircles.ts';
import { makesUpShape } from './madeUpShapes.ts';
import { assignedTo, classesOf, isClass, type Method, methodOf, type Own } from './methods.ts';
import { childrenOf, isFunction, isLoop, keyOf, memberName, propertyName, unwrapped } from './nodes.ts';
import type { Context, Place } from './Place.ts';
import type { Fact } from './readForm.ts';
import { type CallNode, isForEach, repeats } from './repeatedCalls.ts';
import { calledBack, repeatedMember } from './repeatedMembers.ts';
import { Scopes } from './Scopes.ts';
import type { Sources } from './Sources.ts';
import { namedForParts, partsOf } from './statics.ts';

/** Globals whose methods reach the elements of any array without an index in brackets. */
const REACH_ELEMENTS = new Set(['Reflect', 'Proxy', 'Atomics', 'DataView']);
/** Globals that call a function as often as they like. */
const REPEAT = new Set(['Proxy', 'Reflect']);

/** If a function is called in more places, its facts are reported this often; further calls say nothing new. */
const MOST_REPORTS = 3;

/** Reads one requested function, and everything that it names. */
export class Reading {
  readonly facts: Fact[] = [];
  readonly #sources: Sources;
  readonly #scopes: Scopes;
  readonly #reported = new Map<string, number>();
  readonly #callees = new WeakMap<Node, CallNode>();
  readonly #passed = new WeakSet<Node>();
  readonly #named = new WeakSet<Node>();
  /** Names of classes in places that use only parts of them. */
  readonly #forParts = new WeakSet<Node>();
  /** Mentions of JSON that make a text of a few numbers. */
  readonly #texts = new WeakSet<Node>();
  /** What is done for each size of what is called a shape. */
  readonly #ofShapes: { readonly kind: Fact['kind']; readonly node: Node; readonly place: Place }[] = [];
  #makesUpShape = false;
  #getter: { readonly node: Node; readonly place: Place } | undefined;
  #makesText = false;
  #choices = 0;

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#scopes = new Scopes(sources);
  }

  reportMissing({ file, name, node }: Own): void {
    this.#add('missing', node, { file, path: [name], choices: [] }, name);
  }

  /** `JSON.stringify([each, each])` calls a getter of `each` twice. */
  reportGetterOfText(): void {
    if (this.#getter && this.#makesText) this.#add('loop', this.#getter.node, this.#getter.place);
  }

  /** If something else is called a shape, too, a loop over a shape is one like others. */
  reportMadeUpShapes(): void {
    if (this.#makesUpShape) for (const { kind, node, place } of this.#ofShapes) this.#add(kind, node, place);
  }

  /**
   * What a class is built on is used by each of its methods, and so is what takes a method's place: static blocks, what is
   * put into the class, and `this.method = …`.
   */
  inherit(owner: Own, method: string): void {
    const line = classesOf(this.#sources, owner);
    for (const [i, { file, name, node, put = [] }] of line.entries()) {
      const placeOf = (part: Node): Place => {
        const locals = this.#scopes.localsOf(file, part);
        return { inLoop: false, path: [name], choices: [], file, locals, owner: undefined };
      };
      const member = calledBack(node.body);
      if (member) this.#add('loop', member, placeOf(node));
      const built = node.superClass && i === line.length - 1 ? [node.superClass] : [];
      const blocks = node.body.body.filter(({ type }) => type === 'StaticBlock');
      for (const part of [...built, ...put, ...blocks, ...assignedTo(method, node.body)])
        this.#visit(part, placeOf(part));
    }
  }

  /** @param given - what is known of the arguments */
  follow(
    { file, name, node, put = [], owner }: Own & Partial<Method>,
    { inLoop, path, choices }: Context,
    given: readonly Given[] = [],
  ): void {
    const isRecursive = path.includes(name);
    const key = JSON.stringify([file, name, inLoop || isRecursive, given, choices]);
    const reported = this.#reported.get(key) ?? 0;
    if (reported === MOST_REPORTS) return;
    this.#reported.set(key, reported + 1);
    for (const part of [node, ...put]) {
      const locals = this.#scopes.localsOf(file, part, given, owner);
      const place = { inLoop: inLoop || isRecursive, path: [...path, name], choices, file, locals, owner };
      const circle = localCircle(part, (one) => this.#scopes.meant(file, one)?.kind === 'own');
      if (circle) this.#add('loop', circle, place);
      for (const child of isFunction(part) ? childrenOf(part) : [part]) this.#visit(child, place);
    }
  }

  #visit(node: Node, place: Place): void {
    if (node.type === 'MemberExpression' && this.#method(node, place)) return;
    this.#note(node, place);
    const inside = { ...place, inLoop: true };
    if (isLoop(node)) {
      this.#add('loop', node, place);
      const isOnce = (child: Node) => 'init' in node && child === node.init;
      for (const child of childrenOf(node)) this.#visit(child, isOnce(child) ? place : inside);
    } else if (node.type === 'ConditionalExpression' || node.type === 'IfStatement') this.#visitSides(node, place);
    else if (node.type === 'SwitchStatement') this.#visitCases(node, place);
    else if (node.type === 'BlockStatement') this.#visitStatements(node.body, place);
    else for (const child of childrenOf(node)) this.#visit(child, isFunction(node) ? inside : place);
  }

  #visitSides(node: Node & { type: 'ConditionalExpression' | 'IfStatement' }, place: Place): Place {
    const [then, otherwise] = this.#sidesAt(place);
    this.#visit(node.test, place);
    this.#visit(node.consequent, then);
    if (node.alternate) this.#visit(node.alternate, otherwise);
    return otherwise;
  }

  /** What comes after `if (…) return …;` is its other side. */
  #visitStatements(statements: readonly Node[], place: Place): void {
    let here = place;
    for (const one of statements)
      if (one.type === 'IfStatement' && !one.alternate && ends(one.consequent)) here = this.#visitSides(one, here);
      else this.#visit(one, here);
  }

  #visitCases({ discriminant, cases }: Node & { type: 'SwitchStatement' }, place: Place): void {
    this.#visit(discriminant, place);
    const sides = this.#sidesAt(place, cases.length);
    let side = 0;
    for (const { test, consequent } of cases) {
      for (const one of [...(test ? [test] : []), ...consequent]) this.#visit(one, sides[side]);
      if (consequent.some(ends)) side++;
    }
  }

  #sidesAt(place: Place, many = 2): Place[] {
    if (place.choices.length === MOST_CHOICES) return Array<Place>(many).fill(place);
    const of = this.#choices++;
    return Array.from({ length: many }, (_, side) => ({ ...place, choices: [...place.choices, { of, side }] }));
  }

  #note(node: Node, place: Place): void {
    const isOther = (one: Node): boolean => this.#scopes.isOther(one, node, place);
    const member = repeatedMember(node, this.#scopes.bodiesOf(node, place.file), isOther);
    if (member) this.#add('loop', member, place);
    this.#names(node, place);
    this.#parts(node, place);
    const element = elementIn(node, place);
    if (element) this.#add('element', element, place);
    this.#shapes(node, place);
    if (node.type === 'CallExpression') this.#call(node, place);
    else if (node.type === 'Identifier') this.#reference(node, place);
    else if (node.type === 'MemberExpression') this.#member(node, place);
    else if (isGetter(node)) this.#getter ??= { node: node.key, place };
  }

  #call(node: CallNode, place: Place): void {
    const callee = unwrapped(node.callee);
    this.#callees.set(callee, node);
    for (const argument of node.arguments) this.#passed.add(unwrapped(argument));
    const name = callee.type === 'Identifier' ? callee.name : undefined;
    const getsItself = node.arguments.some((one) => one.type === 'Identifier' && one.name === name);
    if (getsItself || repeats(node, place, this.#scopes)) this.#add('loop', node, place);
    const isOfShape = node.arguments.length > 0 && place.locals.sizes.isPartOfShape(node.arguments[0]);
    if (isOfShape && callee.type === 'MemberExpression') this.#texts.add(callee.object);
  }

  /** Notes what is done for each size of a shape, and whether something else is called one. */
  #shapes(node: Node, place: Place): void {
    this.#makesUpShape ||= makesUpShape(node, place, this.#scopes);
    const isOfShape = (one: Node): boolean =>
      propertyName(unwrapped(one)) === 'shape' || (one.type !== 'ArrayExpression' && place.locals.sizes.isFew(one));
    const isEach = node.type === 'ForOfStatement' && isOfShape(node.right);
    const isIndex = node.type === 'MemberExpression' && node.computed && node.property.type !== 'NumericLiteral';
    if (isEach || (isIndex && place.inLoop && isOfShape(node.object)))
      this.#ofShapes.push({ kind: 'element', node, place });
    const callee = node.type === 'CallExpression' && isForEach(node) ? node.callee : undefined;
    if (callee?.type !== 'MemberExpression' || !isOfShape(callee.object)) return;
    for (const kind of ['loop', 'element'] as const) this.#ofShapes.push({ kind, node, place });
  }

  /** What is known of the arguments that something is called with; nothing if it is only named. */
  #givenTo(callee: Node, { locals }: Place): Given[] {
    const given = this.#callees.get(callee)?.arguments ?? [];
    const spread = given.findIndex(({ type }) => type === 'SpreadElement');
    return given.map((argument, i) => ({
      isHarmless: spread < 0 && locals.isHarmless(argument),
      isFew: (spread < 0 || i < spread) && locals.sizes.isFew(argument),
      isLong: (spread < 0 || i < spread) && locals.sizes.isLong(argument),
      areFewFromHere: (spread < 0 || i <= spread) && locals.sizes.areFew(given.slice(i)),
    }));
  }

  /** Follows `this.helper`, `super.helper` and `Own.helper`; false if it is not a method of the deliverables. */
  #method(node: Node & { type: 'MemberExpression' }, place: Place): boolean {
    const { object, property, computed } = node;
    const name = computed ? place.locals.wordOf(property) : memberName(property);
    const owner = this.#scopes.ownerOf(object, place);
    const method = owner && name !== undefined ? methodOf(this.#sources, owner, name) : undefined;
    if (!method) return false;
    if (place.path.includes(method.name)) this.#add('loop', property, place);
    this.follow(method, place, this.#givenTo(node, place));
    return true;
  }

  /** Follows what is used of a class that is named for parts of it only: `L.AXES`, `x instanceof L`. */
  #parts(node: Node, place: Place): void {
    const { named, keys } = namedForParts(node, (one) => place.locals.wordOf(one)) ?? {};
    const owner = named?.type === 'Identifier' ? this.#scopes.ownerOf(named, place) : undefined;
    const parts = owner && partsOf(this.#sources, owner, keys ?? []);
    if (!parts) return;
    this.#forParts.add(named!);
    for (const part of parts) {
      const isOnTheWay = place.path.includes(part.name);
      if (isOnTheWay && part.name !== owner.name) this.#add('loop', node, place);
      if (!isOnTheWay) this.follow(part, place);
    }
  }

  /** Notes places in which a namespace is named for a part of it only: `T.zeros`, `const { zeros } = T`, `const M = T`. */
  #names(node: Node, place: Place): void {
    if (node.type === 'MemberExpression' && propertyName(node) !== undefined) this.#named.add(unwrapped(node.object));
    if (node.type !== 'VariableDeclarator' || !node.init) return;
    const [{ id }, from] = [node, unwrapped(node.init)];
    if (id.type === 'Identifier') for (const name of [id, from]) this.#named.add(name);
    if (id.type !== 'ObjectPattern') return;
    const keys = id.properties.map((entry) => (entry.type === 'RestElement' ? undefined : keyOf(entry)));
    this.#methodsTaken(keys, from, place);
    const namespace = this.#scopes.namespaceOf(from, place);
    if (namespace === undefined || keys.includes(undefined)) return;
    this.#named.add(from);
    for (const [i, key] of keys.entries()) {
      this.#passed.add(id.properties[i]);
      this.#uses(id.properties[i], namespace, place, key);
    }
  }

  /** Follows `const { helper } = this`. */
  #methodsTaken(keys: readonly (string | undefined)[], from: Node, place: Place): void {
    const owner = this.#scopes.ownerOf(from, place);
    for (const key of owner ? keys : []) {
      const method = key === undefined ? undefined : methodOf(this.#sources, owner!, key);
      if (method && place.path.includes(method.name)) this.#add('loop', from, place);
      if (method) this.follow(method, place);
    }
  }

  #member(node: Node & { type: 'MemberExpression' }, place: Place): void {
    const namespace = this.#scopes.namespaceOf(node.object, place);
    if (namespace !== undefined && propertyName(node) !== undefined) this.#uses(node, namespace, place);
    if (isOfSymbol(node) && !place.locals.has('Symbol')) this.#add('loop', node, place);
  }

  /** A name that is used: one of the deliverable's own functions, which is read too, or something imported. */
  #reference(node: Node & { type: 'Identifier' }, place: Place): void {
    const { name } = node;
    const namespace = this.#named.has(node) ? undefined : this.#scopes.namespaceOf(node, place);
    if (namespace !== undefined) return this.#uses(node, namespace, place, '*');
    if (place.locals.has(name)) return;
    if (name === 'eval' || name === 'Function') return this.#add('evaluates', node, place);
    const binding = this.#scopes.meant(place.file, name);
    if (!binding) return this.#global(node, place);
    if (binding.kind === 'own') {
      if (this.#forParts.has(node) || isInside(binding, place)) return;
      if (place.path.includes(binding.name)) this.#add('loop', node, place);
      this.follow(binding, place, this.#givenTo(node, place));
    } else if (binding.name !== '*') this.#uses(node, binding.from, place, binding.name);
  }

  #global(node: Node & { type: 'Identifier' }, place: Place): void {
    if (REACH_ELEMENTS.has(node.name) && place.inLoop) this.#add('element', node, place);
    if (REPEAT.has(node.name)) this.#add('loop', node, place);
    if (node.name === 'JSON' && !this.#texts.has(node)) this.#makesText = true;
  }

  #uses(node: Node, from: string, place: Place, name = propertyName(node) ?? ''): void {
    this.#add('uses', node, place, name, from);
  }

  #add(
    kind: Fact['kind'],
    node: Node,
    { file, path, choices, locals }: Pick<Place, 'file' | 'path' | 'choices'> & Partial<Pick<Place, 'locals'>>,
    what = this.#sources.textOf(file, node),
    from = '',
  ): void {
    const where = `${file}:${node.loc?.start.line ?? 1}`;
    const [isCalled, isPassed] = [this.#callees.has(node), this.#passed.has(node)];
    const isOfCopy = kind === 'element' && locals !== undefined && locals.isOfCopy(node);
    this.facts.push({ kind, where, what, from, path, choices, isCalled, isPassed, isOfCopy });
  }
}

/** `{ get size() { … } }`, or the part of a property's description that is its getter. */
const isGetter = (node: Node): node is Node & { type: 'ObjectMethod' | 'ObjectProperty' } =>
  (node.type === 'ObjectMethod' && node.kind === 'get') || (node.type === 'ObjectProperty' && keyOf(node) === 'get');

/** `Symbol.iterator`, `Symbol.toPrimitive`: what has such a method repeats what it likes. */
const isOfSymbol = ({ object }: Node & { type: 'MemberExpression' }): boolean =>
  object.type === 'Identifier' && object.name === 'Symbol';

/** Whether a class is named inside itself: that its members do not call themselves is examined once. */
const isInside = ({ name, node }: Own, { path }: Context): boolean =>
  isClass(node) &&
  path.includes(name) &&
  path.slice(path.indexOf(name)).every((one) => one === name || one.startsWith(`${name}.`));
