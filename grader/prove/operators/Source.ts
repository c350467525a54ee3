import { parse } from '@babel/parser';
import type * as t from '@babel/types';
import { FUNCTIONS, walkTree } from '@im2grade/handout/walkTree';

/** Replaces the text from `start` to `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A node of a source, with what operators ask about it. */
export class Site {
  readonly node: t.Node;
  /** From the root to the node's parent. */
  readonly ancestors: readonly t.Node[];
  readonly #text: string;

  constructor(node: t.Node, ancestors: readonly t.Node[], text: string) {
    this.node = node;
    this.ancestors = ancestors;
    this.#text = text;
  }

  get parent(): t.Node {
    return this.ancestors.at(-1)!;
  }

  /** The text of a node; parentheses around it are not part of it. */
  text(node: t.Node = this.node): string {
    return this.#text.slice(node.start!, node.end!);
  }

  /** The text between two neighbours, such as their operator. */
  between(left: t.Node, right: t.Node): string {
    return this.#text.slice(left.end!, right.start!);
  }

  /** The innermost function around the node. */
  get function(): t.Node | undefined {
    return this.ancestors.findLast(({ type }) => FUNCTIONS.has(type));
  }

  /** Whether a name occurs in the function around the node, and so is likely to be known there. */
  knows(name: string): boolean {
    const around = this.ancestors.find(({ type }) => FUNCTIONS.has(type));
    return around !== undefined && new RegExp(`\\b${name}\\b`, 'u').test(this.text(around));
  }

  /** Replaces a node. */
  replace(text: string, node: t.Node = this.node): Edit[] {
    return [{ start: node.start!, end: node.end!, text }];
  }

  /** Adds declarations after the last line of the module. */
  append(text: string): Edit {
    return { start: this.#text.length, end: this.#text.length, text: `\n${text}\n` };
  }
}

/** The nodes of a source whose change can change a result: code, not types and messages. */
export function sitesOf(text: string): Site[] {
  const sites: Site[] = [];
  const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'] });
  walkTree(program, (node, ancestors) => {
    if (ancestors.length === 0 || !isCode(node) || !ancestors.every(isCode)) return;
    sites.push(new Site(node, [...ancestors], text));
  });
  return sites;
}

const isCode = ({ type }: t.Node): boolean =>
  (!type.startsWith('TS') || TRANSPARENT.has(type)) && type !== 'TemplateLiteral' && type !== 'ImportDeclaration';

/** Types around code. */
const TRANSPARENT: ReadonlySet<string> = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);

/** The function or method around a node, by name; empty at the top of a module. */
export function functionNameOf({ ancestors }: Site): string {
  const names = ancestors.flatMap((node) => {
    if (node.type === 'ClassMethod' && node.key.type === 'Identifier') return [node.key.name];
    return node.type === 'FunctionDeclaration' && node.id ? [node.id.name] : [];
  });
  return names[0] ?? '';
}

/** @param edits - none overlaps another */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}
