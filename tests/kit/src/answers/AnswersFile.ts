import { isAlias, isMap, isScalar, LineCounter, parseDocument, type Node, type YAMLMap } from 'yaml';
import { CriterionFailure } from '../verdicts.ts';
import { commaIn } from './judgeCell.ts';

/** An answers file is one page; reading one takes time proportional to its size. */
const MAX_BYTES = 64 * 1024;

/** What the file contains at the place of an asked cell. */
export type Found =
  | { readonly is: 'blank' | 'missing'; readonly line: number }
  | { readonly is: 'malformed'; readonly line: number; readonly problem: string }
  | { readonly is: 'written'; readonly line: number; readonly node: Node };

/** A student's YAML, read node by node and never turned into objects: no alias is followed and no name is special. */
export class AnswersFile {
  readonly #contents: Node | null;
  readonly #lines = new LineCounter();

  /** @throws CriterionFailure with the line if it is too large or not YAML */
  constructor(path: string, text: string) {
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_BYTES) throw new CriterionFailure(`${path}: ${bytes} bytes; at most ${MAX_BYTES} are read`);
    // Only names that are asked for are compared here: comparing all of them would take quadratic time.
    const options = { lineCounter: this.#lines, uniqueKeys: false, prettyErrors: false } as const;
    const { contents, errors } = parseDocument(text, options);
    if (errors.length > 0) {
      const { line, col } = this.#lines.linePos(errors[0].pos[0]);
      throw new CriterionFailure(`${path}:${line}:${col}: not YAML: ${errors[0].message.split('\n')[0]}`);
    }
    this.#contents = contents;
  }

  /** What the file contains at a cell, or at the deepest place above it that exists. */
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
      if (values.length > 1) return { is: 'malformed', line, problem: `${name} occurs twice` };
      const { written } = values[0];
      if (written !== undefined) return { is: 'malformed', line, problem: commaIn(written) };
      node = values[0].value;
      if (isAlias(node)) return { is: 'malformed', line, problem: 'write the value itself, not an alias' };
    }
    return node === null || isBlank(node) ? { is: 'blank', line } : { is: 'written', line, node };
  }

  #lineOf({ range }: Node): number {
    return range ? this.#lines.linePos(range[0]).line : 1;
  }
}

/** `name:` and `name: ~`, and nothing at all. */
const isBlank = (node: Node | null): boolean => node === null || (isScalar(node) && node.value === null);

interface At {
  readonly key: Node;
  readonly value: Node | null;
  /** The number as it was written, if it has a comma. */
  readonly written: string | undefined;
}

function valuesAt(map: YAMLMap<unknown, unknown>, name: string): At[] {
  return map.items.flatMap(({ key, value }, i) =>
    isScalar(key) && String(key.value) === name
      ? [
          {
            key,
            value: (value ?? null) as Node | null,
            written: map.flow ? withComma(value, map.items[i + 1]) : undefined,
          },
        ]
      : [],
  );
}

/** In braces, what follows the comma of `{ accuracy: 0,93 }` is a name without a value. */
function withComma(
  value: unknown,
  next: { readonly key: unknown; readonly value: unknown } | undefined,
): string | undefined {
  const isNumber = isScalar(value) && typeof value.value === 'number';
  if (!isNumber || !next || !isScalar(next.key) || !isBlank((next.value ?? null) as Node | null)) return undefined;
  const decimals = String(next.key.source);
  return /^\d+$/.test(decimals) ? `${String(value.source)},${decimals}` : undefined;
}
