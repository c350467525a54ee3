import type { Assignment } from '../model/assignment.ts';

const ERROR = /\[ERROR\] (?<message>[^\n]+)(?:\n\s*\n\s+(?<path>[^\s:][^\n:]*):(?<line>\d+):(?<column>\d+):)?/u;
const UNRESOLVED = /^Could not resolve "(?<name>[^"]*)"/u;
/** A warning only, because in TypeScript the name could be a type. */
const NO_EXPORT = /Import "(?<name>[^"]+)" will always be undefined because there is no matching export in "(?<path>[^"]+)"/u;

/** The first error of esbuild's output in one line: file, line, and what a student can do about it. */
export function firstEsbuildError(stderr: string, assignment: Assignment): string {
  const groups = ERROR.exec(stderr)?.groups;
  if (!groups) return `the sources cannot be compiled: ${stderr.trim().split('\n')[0] ?? ''}`;
  const where = groups['path'] ? `${groups['path']}:${groups['line']}:${groups['column']}: ` : '';
  const message = groups['message'];
  const unresolved = UNRESOLVED.exec(message)?.groups;
  if (unresolved) return `${where}${importRefused(unresolved['name'], assignment)}`;
  return `${where}${message}`;
}

/** The deliverable whose expected export is missing, in one line; undefined when none is. */
export function missingExport(stderr: string): string | undefined {
  const groups = NO_EXPORT.exec(stderr)?.groups;
  return groups && `${groups['path']}: does not export ${groups['name']}; keep the name and the "export" of the skeleton`;
}

/** The one wording for an import that is not on the list. */
export const importRefused = (name: string, assignment: Assignment): string =>
  `import of "${name}" is not allowed; a deliverable may import ${assignment.packages.join(', ')} and the skeleton's own files in src/`;
