import type { Node } from '@babel/types';
import { childrenOf, isFunction, isLoop, propertyName, unwrapped } from './nodes.ts';
import { Locals } from './Locals.ts';
import type { Binding, Sources } from './Sources.ts';

/** Something that a function does, itself or by way of others. */
export interface Fact {
  /** An element of an array of numbers is touched in a loop; something that is no deliverable is used; text becomes code. */
  readonly kind: 'element' | 'uses' | 'evaluates';
  /** `src/conv2d.ts:31` */
  readonly where: string;
  /** The source, or the name of what is used. */
  readonly what: string;
  /** The package or file that it comes from. */
  readonly from: string;
  /** The functions on the way there, the asked one first. */
  readonly path: readonly string[];
}

/** Methods that call a function for each element. */
const FOR_EACH = new Set(
  'forEach map flatMap filter reduce reduceRight some every find findIndex findLast findLastIndex from sort toSorted'.split(
    ' ',
  ),
);

/**
 * What an exported function does, read from the syntax: through every function, constant and class of the deliverables
 * that it names. A function that calls itself, and one that is handed over, count as a loop.
 *
 * @returns undefined when there is no such function
 * @throws CriterionFailure when a file cannot be read
 */
export function readForm(sources: Sources, file: string, name: string): Fact[] | undefined {
  const binding = sources.resolve(file, name);
  if (binding?.kind !== 'own') return undefined;
  const reading = new Reading(sources);
  reading.follow(binding, { inLoop: false, path: [] });
  return reading.facts;
}

interface Context {
  readonly inLoop: boolean;
  readonly path: readonly string[];
}

type Own = Extract<Binding, { kind: 'own' }>;
type Place = Context & { readonly file: string; readonly locals: Locals };

class Reading {
  readonly facts: Fact[] = [];
  readonly #sources: Sources;
  readonly #seen = new Set<string>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  follow({ file, name, node }: Own, { inLoop, path }: Context): void {
    const isRecursive = path.includes(name);
    const key = `${file} ${name} ${inLoop || isRecursive}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const locals = new Locals(node, (part) => this.#sources.textOf(file, part));
    const body = isFunction(node) ? childrenOf(node) : [node];
    for (const child of body)
      this.#visit(child, { inLoop: inLoop || isRecursive, path: [...path, name], file, locals });
  }

  #visit(node: Node, place: Place): void {
    this.#note(node, place);
    const inside = { ...place, inLoop: true };
    if (isLoop(node)) {
      const isOnce = (child: Node) => 'init' in node && child === node.init;
      for (const child of childrenOf(node)) this.#visit(child, isOnce(child) ? place : inside);
    } else for (const child of childrenOf(node)) this.#visit(child, isFunction(node) ? inside : place);
  }

  #note(node: Node, place: Place): void {
    const { locals, inLoop } = place;
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

  #member(node: Node & { type: 'MemberExpression' }, place: Place): void {
    const { object, property, computed } = node;
    if (object.type === 'Identifier' && !place.locals.has(object.name)) {
      const namespace = this.#sources.resolve(place.file, object.name);
      if (namespace?.kind === 'imported' && namespace.name === '*') this.#uses(node, namespace.from, place);
    }
    if (!computed || !place.inLoop || isConstant(property) || place.locals.isHarmless(object)) return;
    this.#add('element', node, place);
  }

  /** A name that is used: of a deliverable's own function, which is read too, or of something imported. */
  #reference(name: string, node: Node, place: Place): void {
    if (place.locals.has(name)) return;
    if (name === 'eval' || name === 'Function') return this.#add('evaluates', node, place);
    const binding = this.#sources.resolve(place.file, name);
    if (binding?.kind === 'own') this.follow(binding, place);
    else if (binding && binding.name !== '*') this.#uses(node, binding.from, place, binding.name);
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
    this.facts.push({ kind, where: `${file}:${node.loc?.start.line ?? 1}`, what, from, path });
  }
}

type CallNode = Node & { type: 'CallExpression' };

/** `numbers.map(…)`, `Float64Array.from(numbers, …)`: a call that is handed a function for each element. */
const isForEach = ({ callee, arguments: given }: CallNode): boolean =>
  FOR_EACH.has(propertyName(callee) ?? '') && given.some((argument) => !isPlain(argument));

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
