import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename, dirname, relative, resolve, sep } from 'node:path';

const FRAME = /[^\s()]*\/(?<file>[^/\s()]+\.cjs):(?<line>\d+):(?<column>\d+)/gu;

/**
 * A stack trace in which places of a bundle are written as places of its sources; one without a map stays as it is.
 *
 * @param bundle - its path; its map is next to it
 * @param roots - folders of sources: a path is relative to the first that contains it
 */
export function atSources(stack: string, bundle: string, roots: readonly string[]): string {
  if (!stack.includes(`/${basename(bundle)}:`)) return stack;
  const map = mapOf(bundle);
  if (!map) return stack;
  return stack.replaceAll(FRAME, (frame, file: string, line: string, column: string) => {
    if (!bundle.endsWith(`/${file}`)) return frame;
    const place = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in place)) return frame;
    return `${shownFrom(roots, resolve(dirname(bundle), place.originalSource))}:${place.originalLine + 1}`;
  });
}

const shownFrom = (roots: readonly string[], path: string): string =>
  relative(roots.find((root) => path.startsWith(root + sep)) ?? roots[0], path);

function mapOf(bundle: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as SourceMapPayload);
  } catch {
    return undefined;
  }
}
