import type * as t from '@babel/types';
import { UsageError } from '../model/errors.ts';
import { parseSolution } from './parseSolution.ts';

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

/** A comment that begins or ends a fence. */
interface Marker extends Fence {
  readonly isBegin: boolean;
}

const MARKER = /^\s*(?<which>BEGIN|END) SOLUTION\b[ \t]*:?[ \t]*(?<question>.*?)\s*$/u;
/** Words of which a marker is made, however it is written. */
const BOUNDARY = /(?:(?<![a-z])|solution)(?:begin|start|end|stop)/iu;
const SOLUTION = /(?<!re)solution/iu;
/** In prose, as in a doc comment, they may be words like others: there only a line that begins with both is meant. */
const LINE_OF_MARKER =
  /^[\s*/#-]*(?:(?:begin|start|end|stop)[\s_-]*solution|solution[\s_-]*(?:begin|start|end|stop))/imu;

/**
 * What is between the comments `// BEGIN SOLUTION` and `// END SOLUTION`.
 *
 * @param shown - the file, for messages
 * @throws UsageError with file and line of a marker without its counterpart, or of a comment that is nearly a marker
 *
 * @example
 * ```ts
 * fencesIn('f();\n// BEGIN SOLUTION task 1\ng();\n// END SOLUTION\n', 'a.ts'); // one, with the question 'task 1'
 * ```
 */
export function fencesIn(text: string, shown: string): Fence[] {
  const fences: Fence[] = [];
  let open: Marker | undefined;
  for (const { isBegin, ...marker } of markersIn(text, shown)) {
    if (isBegin) {
      if (open) throw new UsageError(`${shown}:${marker.line}: BEGIN SOLUTION inside of that in line ${open.line}`);
      open = { isBegin, ...marker };
    } else {
      if (!open) throw new UsageError(`${shown}:${marker.line}: END SOLUTION without a BEGIN SOLUTION before it`);
      const { start, line, indent, question } = open;
      fences.push({ start, line, indent, question, end: marker.end });
      open = undefined;
    }
  }
  if (open) throw new UsageError(`${shown}:${open.line}: BEGIN SOLUTION without an END SOLUTION after it`);
  return fences;
}

/** Comments only: a string may contain the same text. */
const markersIn = (text: string, shown: string): Marker[] =>
  (parseSolution(text, shown).comments ?? []).filter(isLikeMarker).map((comment) => markerOf(comment, text, shown));

/** What is meant as a marker and overlooked would hand out the solution. */
const isLikeMarker = ({ value }: t.Comment): boolean =>
  value.startsWith('*') ? LINE_OF_MARKER.test(value) : BOUNDARY.test(value) && SOLUTION.test(value);

function markerOf({ type, value, start, end, loc }: t.Comment, text: string, shown: string): Marker {
  const from = text.lastIndexOf('\n', start! - 1) + 1;
  const indent = text.slice(from, start);
  const { which, question } = MARKER.exec(value)?.groups ?? {};
  const { line } = loc!.start;
  if (type !== 'CommentLine' || which === undefined || indent.trim() !== '')
    throw new UsageError(
      `${shown}:${line}: write // BEGIN SOLUTION and // END SOLUTION, each on a line of its own, or reword this comment`,
    );
  const next = text.indexOf('\n', end) + 1;
  return { isBegin: which === 'BEGIN', start: from, end: next === 0 ? text.length : next, line, indent, question };
}
