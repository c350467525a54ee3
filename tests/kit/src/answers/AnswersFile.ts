import { isAlias, isMap, isScalar, LineCounter, parseDocument, type Node, type YAMLMap } from 'yaml';
import { CriterionFailure } from '../verdicts.ts';

/** An answers file is a page; reading one takes time in proportion. */
const MAX_BYTES = 64 * 1024;

/** What stands where a cell is asked. */
export type Found =
  | { readonly is: 'blank' | 'missing'; readonly line: number }
  | { readonly is: 'malformed'; readonly line: number; readonly problem: string }
  | { readonly is: 'written'; readonly line: number; readonly node: Node };

/**
 * A student's YAML, looked at node by node and never turned into objects: no alias is followed and no name is special.
 */
export class AnswersFile {
  readonly #contents: Node | null;
  readonly #lines = new LineCounter();

  /** @throws CriterionFailure when it is too large or no YAML, with the line */
  constructor(path: string, text: string) {
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_BYTES) throw new CriterionFailure(`${path}: ${bytes} bytes; at most ${MAX_BYTES} are read`);
    // Names are compared here, and only those asked: comparing all would take time in proportion to their square.
    const options = { lineCounter: this.#lines, uniqueKeys: false, prettyErrors: false } as const;
    const { contents, errors } = parseDocument(text, options);
    if (errors.length > 0) {
      const { line, col } = this.#lines.linePos(errors[0].pos[0]);
      throw new CriterionFailure(`${path}:${line}:${col}: no YAML: ${errors[0].message.split('\n')[0]}`);
    }
    this.#contents = contents;
  }

  /** What stands at a cell, or at the deepest place above it that there is. */
  find(path: readonly string[]): Found {
    let node: Node | null = this.#contents;
    let line = 1;
    for (const [depth, name] of path.entries()) {
      if (isBlank(node)) return { is: 'missing', line };
      if (!isMap(node)) {
        const above = path.slice(0, depth).join('.') || 'the file';
        return { is: 'malformed', line, problem: `${above} must hold names with values, ${name} among them` };
      }
      const values = valuesAt(node, name);
      if (values.length === 0) return { is: 'missing', line };
      line = this.#lineOf(values[0].key);
      if (values.length > 1) return { is: 'malformed', line, problem: `${name} stands there twice` };
      node = values[0].value;
      if (isAlias(node)) return { is: 'malformed', line, problem: 'write the value itself, and no alias' };
    }
    return node === null || isBlank(node) ? { is: 'blank', line } : { is: 'written', line, node };
  }

  #lineOf({ range }: Node): number {
    return range ? this.#lines.linePos(range[0]).line : 1;
  }
}

/** `name:` and `name: ~`, and nothing at all. */
const isBlank = (node: Node | null): boolean => node === null || (isScalar(node) && node.value === null);

function valuesAt(map: YAMLMap<unknown, unknown>, name: string): { key: Node; value: Node | null }[] {
  return map.items.flatMap(({ key, value }) =>
    isScalar(key) && String(key.value) === name ? [{ key, value: (value ?? null) as Node | null }] : [],
  );
}
