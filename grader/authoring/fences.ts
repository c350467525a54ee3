import { UsageError } from '../model/errors.ts';

/** The lines of a solution that students write themselves, with the two markers around them. */
export interface Fence {
  /** Where the line of the first marker starts. */
  readonly start: number;
  /** Where the line after the last marker starts. */
  readonly end: number;
  /** The line of the first marker, from 1. */
  readonly line: number;
  /** What is before the first marker. */
  readonly indent: string;
  /** What follows `BEGIN SOLUTION`, for example `task 2`; empty if nothing does. */
  readonly question: string;
}

const MARKER = /^(?<indent>\s*)\/\/\s*(?<which>BEGIN|END) SOLUTION\b[ \t]*:?[ \t]*(?<question>.*?)\s*$/u;

/**
 * What is between `// BEGIN SOLUTION` and `// END SOLUTION`.
 *
 * @param shown - the file, for messages
 * @throws UsageError with file and line of a marker without its counterpart
 *
 * @example
 * ```ts
 * fencesIn('f();\n// BEGIN SOLUTION task 1\ng();\n// END SOLUTION\n', 'a.ts'); // one, with the question 'task 1'
 * ```
 */
export function fencesIn(text: string, shown: string): Fence[] {
  const fences: Fence[] = [];
  let open: Omit<Fence, 'end'> | undefined;
  let start = 0;
  for (const [index, content] of text.split('\n').entries()) {
    const at = { start, line: index + 1 };
    start += content.length + 1;
    const { indent, which, question } = MARKER.exec(content)?.groups ?? {};
    if (which === undefined) continue;
    if (which === 'BEGIN') {
      if (open) throw new UsageError(`${shown}:${at.line}: BEGIN SOLUTION inside of that in line ${open.line}`);
      open = { ...at, indent, question };
    } else {
      if (!open) throw new UsageError(`${shown}:${at.line}: END SOLUTION without a BEGIN SOLUTION before it`);
      fences.push({ ...open, end: Math.min(start, text.length) });
      open = undefined;
    }
  }
  if (open) throw new UsageError(`${shown}:${open.line}: BEGIN SOLUTION without an END SOLUTION after it`);
  return fences;
}
