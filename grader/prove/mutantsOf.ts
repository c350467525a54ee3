import type { TransformFailure } from 'esbuild';
import { withEsbuildSync } from '../host/withEsbuild.ts';
import type { Operator } from './operators/Operator.ts';
import { OPERATORS } from './operators/operators.ts';
import { applyEdits, functionNameOf, type Site, sitesOf } from './operators/Source.ts';

/** A source with one mistake that a machine has made. */
export interface SourceMutant {
  readonly operator: string;
  /** The function in which it is made. */
  readonly inside: string;
  /** From 1. */
  readonly line: number;
  /** The line or lines that are changed, and what they become. */
  readonly was: string;
  readonly becomes: string;
  /** The whole source with the change. */
  readonly text: string;
}

/**
 * Every mutant of a source, in a fixed order. A change that is no program, leaves the same minified program or gives
 * that of another mutant is none.
 *
 * @param more - operators of this source only
 */
export function mutantsOf(text: string, more: Readonly<Record<string, Operator>> = {}): SourceMutant[] {
  const seen = new Set([minified(text)]);
  const operators = Object.entries({ ...OPERATORS, ...more });
  return sitesOf(text).flatMap((site) =>
    changesAt(site, text, operators).filter((mutant) => {
      const program = minified(mutant.text);
      if (program === undefined || seen.has(program)) return false;
      seen.add(program);
      return true;
    }),
  );
}

const changesAt = (site: Site, text: string, operators: readonly [string, Operator][]): SourceMutant[] =>
  operators.flatMap(([operator, changes]) =>
    changes(site).map((edits) => {
      const changed = applyEdits(text, edits);
      const { start, end } = edits[0];
      const after = end + (edits[0].text.length - (end - start));
      return {
        operator,
        inside: functionNameOf(site),
        line: text.slice(0, start).split('\n').length,
        was: linesAround(text, start, end),
        becomes: linesAround(changed, start, after),
        text: changed,
      };
    }),
  );

/** The whole lines of a part of a text, in one line. */
function linesAround(text: string, start: number, end: number): string {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  return text
    .slice(from, to < 0 ? text.length : to)
    .split('\n')
    .map((line) => line.trim())
    .join(' ');
}

/** The program without its types and names; undefined if it is no program. */
function minified(text: string): string | undefined {
  try {
    return withEsbuildSync(({ transformSync }) =>
      transformSync(text, { loader: 'ts', minify: true, logLevel: 'silent' }),
    ).code;
  } catch (error) {
    if ((error as Partial<TransformFailure>).errors === undefined) throw error;
    return undefined;
  }
}
