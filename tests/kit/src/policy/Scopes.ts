import type { Node } from '@babel/types';
import { resultsOf } from './functions.ts';
import type { Given } from './Given.ts';
import { Locals, type Outside, ROWS } from './Locals.ts';
import { classesOf, functionIn, methodOf, type Own, superclassOf } from './methods.ts';
import { isFunction, memberName, propertyName, unwrapped } from './nodes.ts';
import type { Place } from './Place.ts';
import type { Members } from './repeatedMembers.ts';
import type { Binding, Sources } from './Sources.ts';
import { isOnlyRead, isWrittenOut } from './written.ts';

/** Other names for a name are followed as far as this. */
const MOST_NAMES = 10;

/** What names and members mean at a place of the deliverables. */
export class Scopes {
  readonly #sources: Sources;
  /** Functions whose results are being looked at: one may return its own. */
  readonly #asked = new Set<string>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** What a top-level name refers to, through other names for it: `const conv = convolve`. */
  meant(file: string, name: string): Binding | undefined {
    let binding = this.#sources.resolve(file, name);
    for (let depth = 0; binding?.kind === 'own' && binding.node.type === 'Identifier' && depth < MOST_NAMES; depth++)
      binding = this.#sources.resolve(binding.file, binding.node.name);
    return binding;
  }

  /** What a local name stands for, through other local names for it; the node itself if it is no name. */
  #value(given: Node, { locals }: Pick<Place, 'locals'>): Node | undefined {
    let node: Node | undefined = unwrapped(given);
    for (let depth = 0; depth < MOST_NAMES && node?.type === 'Identifier' && locals.has(node.name); depth++)
      node = locals.meaningOf(node.name);
    return node;
  }

  /** The package that a name, or another name for it, stands for as a whole. */
  namespaceOf(object: Node, place: Place): string | undefined {
    const node = this.#value(object, place);
    const binding = node?.type === 'Identifier' && !place.locals.has(node.name) && this.meant(place.file, node.name);
    return binding && binding.kind === 'imported' && binding.name === '*' ? binding.from : undefined;
  }

  /** The name by which a package or file exports a function that is imported. */
  givenName(callee: Node, place: Place): string | undefined {
    const node = this.#value(callee, place);
    if (node?.type === 'MemberExpression')
      return this.namespaceOf(node.object, place) === undefined ? undefined : propertyName(node);
    if (node?.type !== 'Identifier' || place.locals.has(node.name)) return undefined;
    const binding = this.meant(place.file, node.name);
    return binding?.kind === 'imported' ? binding.name : undefined;
  }

  /** The class or object of the deliverables that an expression stands for: `this`, `super`, `Own`, `const me = this`. */
  ownerOf(object: Node, place: Place): Own | undefined {
    const node = this.#value(object, place);
    if (node?.type === 'ThisExpression') return place.owner;
    if (node?.type === 'Super') return place.owner && superclassOf(this.#sources, place.owner);
    if (node?.type !== 'Identifier' || place.locals.has(node.name)) return undefined;
    const binding = this.meant(place.file, node.name);
    return binding?.kind === 'own' ? binding : undefined;
  }

  /** Whether an expression stands for something that the deliverables did not make: an import, or a global name. */
  isGiven(object: Node, place: Place): boolean {
    const node = this.#value(object, place);
    if (node?.type !== 'Identifier' || place.locals.has(node.name)) return false;
    return this.meant(place.file, node.name)?.kind !== 'own';
  }

  /** Whether an expression certainly stands for something else than a class or an object that is declared here. */
  isOther(one: Node, declared: Node, place: Place): boolean {
    const owner = one.type === 'Identifier' ? this.ownerOf(one, place) : undefined;
    return owner ? owner.node !== declared : this.isGiven(one, place);
  }

  /** The members that a node declares: of a class and the classes of the deliverables that it extends, or of an object. */
  bodiesOf(node: Node, file: string): Members[] {
    if (node.type === 'ObjectExpression') return [node];
    return classesOf(this.#sources, { kind: 'own', file, name: '', node }).map((each) => each.node.body);
  }

  /** Whether a method that is called is one of the deliverables': what it does shows in its body. */
  isOwnMethod(callee: Node, place: Place): boolean {
    if (callee.type !== 'MemberExpression') return false;
    const owner = this.ownerOf(callee.object, place);
    const name = callee.computed ? undefined : memberName(callee.property);
    if (!owner || name === undefined) return false;
    const node = unwrapped(owner.node);
    if (node.type === 'ObjectExpression') return node.properties.some((one) => functionIn(one)?.name === name);
    return methodOf(this.#sources, owner, name) !== undefined;
  }

  /** Whether an expression names a function of the deliverables, of Math, or one that is bound. */
  isFunctionName(given: Node, place: Place): boolean {
    const node = unwrapped(given);
    const { file, locals } = place;
    if (node.type === 'Identifier') {
      if (locals.mayBeFunction(node.name)) return true;
      const value = this.#value(node, place);
      const binding = value?.type === 'Identifier' ? this.meant(file, value.name) : undefined;
      const meant = binding?.kind === 'own' ? binding.node : value;
      return meant !== undefined && isFunction(unwrapped(meant));
    }
    if (node.type === 'CallExpression')
      return node.callee.type === 'MemberExpression' && memberName(node.callee.property) === 'bind';
    if (node.type !== 'MemberExpression' || node.computed) return false;
    const isOfMath = node.object.type === 'Identifier' && node.object.name === 'Math' && !locals.has('Math');
    return isOfMath || this.isOwnMethod(node, place);
  }

  localsOf(file: string, node: Node, given: readonly Given[] = [], owner?: Own): Locals {
    const owners = owner ? classesOf(this.#sources, owner) : [];
    return new Locals(
      node,
      this.#outsideOf(file),
      given,
      owners.map((each) => each.node),
    );
  }

  #outsideOf(file: string): Outside {
    return {
      type: (annotation) =>
        this.#sources
          .textOf(file, annotation)
          .replace(/\b[A-Z]\w*/g, (name) => this.#sources.typeOf(file, name) ?? name),
      returnsHarmless: (name) => this.#returns(file, name, (result, locals) => locals.isHarmless(result)),
      returnsLists: (name, depth) => this.#returns(file, name, (result, locals) => locals.holdsLists(result, depth)),
      returnsLong: (name) =>
        this.#ofFunction(file, name, (node, locals) => resultsOf(node).some((one) => locals.sizes.isLong(one))),
      returnsRows: (name) => this.#returnsRows(file, name),
      isTable: (name) => this.#isTable(file, name),
      constant: (name) => {
        const binding = this.meant(file, name);
        return binding?.kind === 'own' ? unwrapped(binding.node) : undefined;
      },
    };
  }

  /** Whether every result of one of the deliverables' functions is such. */
  #returns(file: string, name: string, isSuch: (result: Node, locals: Locals) => boolean): boolean {
    return this.#ofFunction(file, name, (node, locals) => {
      const results = resultsOf(node);
      return results.length > 0 && results.every((result) => isSuch(result, locals));
    });
  }

  #returnsRows(file: string, name: string): boolean {
    return this.#ofFunction(file, name, (node, locals) => {
      const type = 'returnType' in node && node.returnType ? this.#outsideOf(file).type(node.returnType) : '';
      return ROWS.test(type) && locals.namesNumbers(node);
    });
  }

  #ofFunction(file: string, name: string, judge: (node: Node, locals: Locals) => boolean): boolean {
    const binding = this.meant(file, name);
    const key = binding?.kind === 'own' ? `${binding.file} ${binding.name}` : '';
    if (binding?.kind !== 'own' || !isFunction(binding.node) || this.#asked.has(key)) return false;
    this.#asked.add(key);
    try {
      return judge(binding.node, this.localsOf(binding.file, binding.node));
    } finally {
      this.#asked.delete(key);
    }
  }

  #isTable(file: string, name: string): boolean {
    const binding = this.meant(file, name);
    if (binding?.kind !== 'own' || !isWrittenOut(binding.node)) return false;
    return isOnlyRead(this.#sources.programOf(binding.file), binding.name);
  }
}
