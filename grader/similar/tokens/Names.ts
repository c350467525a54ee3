import type { Identifier, Node } from '@babel/types';
import { childrenOf } from '@im2grade/handout/walkTree';
import { isAlias, unwrapped } from './nodes.ts';

/** What a name of a source stands for, so that renaming it changes nothing. */
export type Meaning =
  | { readonly kind: 'own' }
  /** An import, or a property that a destructuring takes: by the name that others gave it. */
  | { readonly kind: 'given'; readonly name: string }
  /** A name for another expression. */
  | { readonly kind: 'expression'; readonly node: Node };

/** Names and numbers in an expression that is not worth a name. */
const SHORT = 4;

const OWN: Meaning = { kind: 'own' };

/**
 * The names that a function, or the top of a module, declares. A name that is declared twice with different meanings is
 * only the source's own.
 */
export class Names {
  readonly #meanings = new Map<string, Meaning>();
  /** Names that are declared, or given a value later, more than once. */
  readonly #variable = new Set<string>();
  /** Decided before. */
  readonly #known = new Map<string, Meaning>();
  readonly #uses = new Map<string, number>();
  readonly #around: Names | undefined;

  constructor(root: Node, around?: Names) {
    this.#around = around;
    this.#collect(root);
  }

  /** Undefined if the source does not declare it: a global. */
  meaningOf(name: string): Meaning | undefined {
    const known = this.#known.get(name);
    if (known) return known;
    const meaning = this.#meanings.get(name);
    if (meaning?.kind !== 'expression') return meaning ?? this.#around?.meaningOf(name);
    // For an expression that leads back to the name.
    this.#known.set(name, OWN);
    const found = !this.#variable.has(name) && this.#isWritten(name, meaning.node) ? meaning : OWN;
    this.#known.set(name, found);
    return found;
  }

  /** What is used once, or is short, may as well be written where it is used. */
  #isWritten(name: string, node: Node): boolean {
    return isAlias(node) || this.#uses.get(name) === 1 || this.#sizeOf(node) <= SHORT;
  }

  /** The number of names and numbers in some arithmetic, after names for others; infinite if it is anything else. */
  #sizeOf(node: Node): number {
    const plain = unwrapped(node);
    switch (plain.type) {
      case 'BinaryExpression':
        return this.#sizeOf(plain.left) + this.#sizeOf(plain.right);
      case 'UnaryExpression':
        return this.#sizeOf(plain.argument);
      case 'Identifier': {
        const meaning = this.meaningOf(plain.name);
        return meaning?.kind === 'expression' ? this.#sizeOf(meaning.node) : 1;
      }
      case 'NumericLiteral':
        return 1;
      default:
        return isAlias(plain) ? 1 : Infinity;
    }
  }

  /** Whether a declaration gives a variable a value that is used under its name. */
  isValue({ name }: Identifier): boolean {
    return (this.#uses.get(name) ?? 0) > 0 && this.meaningOf(name)?.kind !== 'expression';
  }

  #declare(name: string, meaning: Meaning): void {
    const known = this.#meanings.get(name);
    if (known) this.#variable.add(name);
    this.#meanings.set(name, known && !isEqual(known, meaning) ? OWN : meaning);
  }

  #use(name: string, times: number): void {
    this.#uses.set(name, (this.#uses.get(name) ?? 0) + times);
  }

  #collect(node: Node): void {
    if (node.type === 'Identifier') this.#use(node.name, 1);
    if (node.type === 'ImportDeclaration')
      for (const specifier of node.specifiers) this.#declare(specifier.local.name, importOf(specifier));
    if (node.type === 'VariableDeclaration') for (const { id, init } of node.declarations) this.#pattern(id, init);
    if ('params' in node && Array.isArray(node.params)) for (const parameter of node.params) this.#pattern(parameter);
    if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id) this.#own(node.id.name);
    if (node.type === 'CatchClause' && node.param) this.#pattern(node.param);
    if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier') this.#variable.add(node.left.name);
    if (node.type === 'UpdateExpression' && node.argument.type === 'Identifier') this.#variable.add(node.argument.name);
    referencesIn(node).forEach((child) => this.#collect(child));
  }

  #own(name: string): void {
    this.#declare(name, OWN);
    this.#use(name, -1);
  }

  /** @param value - what it is bound to, if that is known */
  #pattern(node: Node, value?: Node | null): void {
    if (node.type === 'Identifier') {
      this.#declare(node.name, value && isPlain(value) ? { kind: 'expression', node: unwrapped(value) } : OWN);
      this.#use(node.name, -1);
    } else if (node.type === 'ObjectPattern') for (const property of node.properties) this.#property(property);
    else if (node.type === 'ArrayPattern') {
      const values = value?.type === 'ArrayExpression' ? value.elements : [];
      node.elements.forEach((element, at) => element && this.#pattern(element, values[at]));
    } else if (node.type === 'AssignmentPattern') this.#pattern(node.left);
    else if (node.type === 'RestElement') this.#pattern(node.argument);
    else if (node.type === 'TSParameterProperty') this.#pattern(node.parameter);
  }

  #property(property: Node): void {
    if (property.type === 'RestElement') return this.#pattern(property.argument);
    if (property.type !== 'ObjectProperty') return;
    const { key, computed, value } = property;
    const bound = value.type === 'AssignmentPattern' ? value.left : value;
    if (bound.type !== 'Identifier' || key.type !== 'Identifier' || computed) return this.#pattern(bound);
    this.#declare(bound.name, { kind: 'given', name: key.name });
    this.#use(bound.name, -1);
  }
}

/** The nodes below a node, without names after a dot or before a colon, which are no variables. */
function referencesIn(node: Node): Node[] {
  const isNamed =
    (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') && !node.computed
      ? node.property
      : 'key' in node && !('computed' in node && node.computed === true)
        ? node.key
        : undefined;
  return childrenOf(node).filter((child) => child !== isNamed && !child.type.startsWith('TSType'));
}

const FUNCTIONS = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'ClassExpression']);

/** What may be written where it is used: no function, which is a part of its own. */
const isPlain = (node: Node): boolean => !FUNCTIONS.has(unwrapped(node).type);

const isEqual = (a: Meaning, b: Meaning): boolean =>
  a.kind === b.kind && (a.kind === 'own' || (a.kind === 'given' && b.kind === 'given' && a.name === b.name));

function importOf(specifier: Node): Meaning {
  if (specifier.type !== 'ImportSpecifier') return OWN;
  const { imported } = specifier;
  return { kind: 'given', name: imported.type === 'Identifier' ? imported.name : imported.value };
}
