import type { Node } from '@babel/types';
import { childrenOf, isFunction, isLoop, propertyName, unwrapped } from './nodes.ts';
import { Locals } from './Locals.ts';
import { memberName, type Method, methodOf, type Own, superclassOf } from './methods.ts';
import type { Binding, Sources } from './Sources.ts';

/** Something that a function does, itself or by way of others. */
export interface Fact {
  /**
   * Something is repeated; an element of an array of numbers is accessed in a loop; something that is not in the
   * deliverables is used; text becomes code.
   */
  readonly kind: 'loop' | 'element' | 'uses' | 'evaluates';
  /** `src/conv2d.ts:31` */
  readonly where: string;
  /** The source, or the name of what is used. */
  readonly what: string;
  /** The package or file that it comes from. */
  readonly from: string;
  /** The functions on the way there, the requested one first. */
  readonly path: readonly string[];
  /** It is called directly, not passed on. */
  readonly isCalled: boolean;
}

/** Methods that call a function for each element. */
const FOR_EACH = new Set(
  'forEach map flatMap filter reduce reduceRight some every find findIndex findLast findLastIndex from sort toSorted'.split(
    ' ',
  ),
);

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
  const asked = method === undefined ? binding : methodOf(sources, binding, method);
  if (!asked) return undefined;
  const reading = new Reading(sources);
  reading.follow(asked, { inLoop: false, path: [] });
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
  readonly #callees = new WeakSet<Node>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  follow({ file, name, node, owner }: Own & Partial<Method>, { inLoop, path }: Context): void {
    const isRecursive = path.includes(name);
    const key = `${file} ${name} ${inLoop || isRecursive}`;
    const tellings = this.#tellings.get(key) ?? 0;
    if (tellings === MOST_TELLINGS) return;
    this.#tellings.set(key, tellings + 1);
    const locals = new Locals(node, (part) => this.#sources.textOf(file, part));
    const body = isFunction(node) ? childrenOf(node) : [node];
    for (const child of body)
      this.#visit(child, { inLoop: inLoop || isRecursive, path: [...path, name], file, locals, owner, within: [] });
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
    if (node.type === 'CallExpression') {
      this.#callees.add(unwrapped(node.callee));
      if (isForEach(node) && !isOnShape(node)) this.#add('loop', node, place);
    }
    if (node.type === 'Identifier') this.#reference(node.name, node, place);
    else if (node.type === 'MemberExpression') this.#member(node, place);
    else if (node.type === 'ForOfStatement' && locals.isNumbers(node.right)) this.#add('element', node.right, place);
    else if (node.type === 'VariableDeclarator' && node.id.type === 'ArrayPattern' && node.init && inLoop) {
      if (locals.isNumbers(node.init)) this.#add('element', node, place);
    } else if (node.type === 'CallExpression' && isForEach(node) && locals.isNumbers(node))
      this.#add('element', node, place);
    else if (node.type === 'CallExpression' && propertyName(node.callee) === 'at' && inLoop && isOn(node, locals))
      this.#add('element', node, place);
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

  #member(node: Node & { type: 'MemberExpression' }, place: Place): void {
    const { object, property, computed } = node;
    if (object.type === 'Identifier' && !place.locals.has(object.name)) {
      const namespace = this.#sources.resolve(place.file, object.name);
      if (namespace?.kind === 'imported' && namespace.name === '*') this.#uses(node, namespace.from, place);
    }
    if (!computed || !place.inLoop || isConstant(property) || place.locals.isHarmless(object)) return;
    this.#add('element', node, place);
  }

  /** A name that is used: one of the deliverable's own functions, which is read too, or something imported. */
  #reference(name: string, node: Node, place: Place): void {
    if (place.within.includes(name) && this.#callees.has(node)) this.#add('loop', node, place);
    if (place.locals.has(name)) return;
    if (name === 'eval' || name === 'Function') return this.#add('evaluates', node, place);
    const binding = this.#meant(place.file, name);
    if (binding?.kind === 'own') {
      if (place.path.includes(binding.name)) this.#add('loop', node, place);
      this.follow(binding, place);
    } else if (binding && binding.name !== '*') this.#uses(node, binding.from, place, binding.name);
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
    { file, path }: Place,
    what = this.#sources.textOf(file, node),
    from = '',
  ): void {
    const where = `${file}:${node.loc?.start.line ?? 1}`;
    this.facts.push({ kind, where, what, from, path, isCalled: this.#callees.has(node) });
  }
}

type CallNode = Node & { type: 'CallExpression' };

/** `numbers.map(…)`, `Float64Array.from(numbers, …)`: a call that is given a function for each element. */
const isForEach = ({ callee, arguments: given }: CallNode): boolean =>
  FOR_EACH.has(propertyName(callee) ?? '') && given.some((argument) => !isPlain(argument));

/** A shape is a few numbers. */
const isOnShape = ({ callee }: CallNode): boolean =>
  callee.type === 'MemberExpression' && propertyName(unwrapped(callee.object)) === 'shape';

/** The name of a function that is declared inside another one. */
function localFunction(node: Node): string | undefined {
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !node.init) return undefined;
  return isFunction(unwrapped(node.init)) ? node.id.name : undefined;
}

/** Something that cannot be a function. */
const isPlain = (node: Node): boolean => {
  const { type } = unwrapped(node);
  return (
    type === 'ObjectExpression' || type === 'ArrayExpression' || type.endsWith('Literal') || type === 'MemberExpression'
  );
};

const isOn = ({ callee }: CallNode, locals: Locals): boolean =>
  callee.type === 'MemberExpression' && locals.isNumbers(callee.object);

/** An index that is the same each time. */
const isConstant = (node: Node): boolean => node.type === 'NumericLiteral' || node.type === 'StringLiteral';
