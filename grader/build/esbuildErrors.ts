import type { Assignment } from '../model/assignment.ts';

const ERROR = /\[ERROR\] (?<message>[^\n]+)(?:\n\s*\n\s+(?<path>[^\s:][^\n:]*):(?<line>\d+):(?<column>\d+):)?/u;
const UNRESOLVED = /^Could not resolve "(?<name>[^"]*)"/u;

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

/** The one wording for an import that is not on the list. */
export const importRefused = (name: string, assignment: Assignment): string =>
  `import of "${name}" is not allowed; a deliverable may import ${assignment.packages.join(', ')} and the skeleton's own files in src/`;
