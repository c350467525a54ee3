import type { Node } from '@babel/types';
import { childrenOf } from '@im2grade/handout/walkTree';
import { EXPRESSIONS } from './expressions.ts';
import { FUNCTIONS } from './functions.ts';
import { Names } from './Names.ts';
import { unwrapped } from './nodes.ts';
import { isSimple, partsOf, STATEMENTS } from './statements.ts';
import { sorted, token, type Token } from './Token.ts';

/** How a kind of node is written in the canonical form. */
type Rule<N extends Node> = (node: N, reader: Reader) => Token[];
export type Rules = { readonly [T in Node['type']]?: Rule<Extract<Node, { type: T }>> };

const RULES: Rules = { ...STATEMENTS, ...EXPRESSIONS, ...FUNCTIONS };

/** Reads a syntax tree as tokens, and collects its functions as units of their own. */
export class Reader {
  readonly units: Token[][] = [];
  readonly ownMembers: ReadonlySet<string>;
  #names: Names;

  /** @param ownMembers - the methods and fields that the source declares itself */
  constructor(program: Node, ownMembers: ReadonlySet<string>) {
    this.#names = new Names(program);
    this.ownMembers = ownMembers;
  }

  get names(): Names {
    return this.#names;
  }

  tokens(node: Node | null | undefined): Token[] {
    if (!node) return [];
    const rule = RULES[node.type] as Rule<Node> | undefined;
    if (rule) return rule(node, this);
    return node.type.startsWith('TS') ? [] : [token(node.type, node), ...this.all(childrenOf(node))];
  }

  /** What is inside brackets and casts, or what a name stands for. */
  meant(node: Node): Node {
    const plain = unwrapped(node);
    const meaning = plain.type === 'Identifier' ? this.names.meaningOf(plain.name) : undefined;
    return meaning?.kind === 'expression' ? this.meant(meaning.node) : plain;
  }

  all(nodes: readonly (Node | null)[]): Token[] {
    return nodes.flatMap((node) => this.tokens(node));
  }

  /** Statements in a row without blocks come in an order of their own: they can often be exchanged. */
  block(statements: readonly Node[]): Token[] {
    const parts = statements.flatMap(partsOf);
    const tokens: Token[] = [];
    let run: Token[][] = [];
    for (const part of parts) {
      if (isSimple(part)) run.push(this.tokens(part));
      else {
        tokens.push(...sorted(run), ...this.tokens(part));
        run = [];
      }
    }
    return [...tokens, ...sorted(run)];
  }

  /** A function with names of its own. */
  unit(root: Node, body: () => Token[]): void {
    const around = this.#names;
    this.#names = new Names(root, around);
    this.units.push(body());
    this.#names = around;
  }
}
