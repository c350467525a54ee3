import { parse } from '@babel/parser';
import type * as t from '@babel/types';
import { childrenOf, walkTree } from '@im2grade/handout/walkTree';
import { RULES } from './rewritingRules.ts';

/**
 * Rewrites a right solution as somebody would who hides where it is from: it computes the same, and looks different. Names,
 * comments and types go, loops change their kind, operands, statements and functions their places, and code that does
 * nothing is added.
 *
 * @param seed - the same for the same disguise
 */
export function disguise(text: string, seed: number): string {
  const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'] });
  return new Rewriter(program, text, seed).rewritten(program);
}

/** A source while it is rewritten. */
export class Rewriter {
  readonly #text: string;
  readonly #names = new Map<string, string>();
  #state: number;
  #nothings = 0;

  constructor(program: t.Node, text: string, seed: number) {
    this.#text = text;
    this.#state = seed;
    const members = new Set<string>();
    walkTree(program, (node) => {
      if ('key' in node && node.key?.type === 'Identifier' && node.type.startsWith('Class')) members.add(node.key.name);
    });
    walkTree(program, (node) => {
      for (const name of namesDeclaredBy(node)) if (!members.has(name)) this.#rename(name);
    });
  }

  /** The text of a node after its rule, or else after those of the nodes in it. */
  rewritten(node: t.Node): string {
    return RULES[node.type]?.(node, this) ?? this.inPlace(node);
  }

  /** The node as it is written, with the nodes in it rewritten and without comments. */
  inPlace(node: t.Node): string {
    let [at, text] = [node.start!, ''];
    for (const child of childrenOf(node).sort((a, b) => a.start! - b.start!)) {
      // A property written once is a key and a value.
      if (child.start! < at) continue;
      text += this.#between(at, child.start!) + this.rewritten(child);
      at = child.end!;
    }
    return text + this.#between(at, node.end!);
  }

  /** What a declared name has become. */
  nameOf(name: string): string {
    return this.#names.get(name) ?? name;
  }

  /** A line that does nothing. */
  nothing(): string {
    return `const nothing${this.#nothings++} = ${Math.floor(this.random() * 100)};`;
  }

  /** True as often as this share of the times. */
  happens(share: number): boolean {
    return this.random() < share;
  }

  shuffled<T>(values: readonly T[]): T[] {
    return values
      .map((value) => ({ value, key: this.random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ value }) => value);
  }

  /** Of 0 to 1, by mulberry32. */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  #between(start: number, end: number): string {
    return this.#text.slice(start, end).replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*/gu, '');
  }

  #rename(name: string): void {
    if (!this.#names.has(name))
      this.#names.set(name, `${WORDS[Math.floor(this.random() * WORDS.length)]}${this.#names.size}`);
  }
}

const WORDS = ['value', 'tmp', 'k', 'pos', 'my', 'cur', 'res', 'offset'];

/** Variables and parameters; what others call by its name keeps it. */
function namesDeclaredBy(node: t.Node): string[] {
  if (node.type === 'VariableDeclarator') return namesIn(node.id);
  return 'params' in node && Array.isArray(node.params) ? (node.params as t.Node[]).flatMap(namesIn) : [];
}

function namesIn(pattern: t.Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => namesIn(each.type === 'RestElement' ? each.argument : each.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => (each ? namesIn(each) : []));
    default:
      return [];
  }
}
