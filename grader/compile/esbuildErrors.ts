import type { Assignment } from '../model/assignment.ts';
import { isAllowedImport } from './allowedImports.ts';

const ERROR = /\[ERROR\] (?<message>[^\n]+)(?:\n\s*\n\s+(?<path>[^\s:][^\n:]*):(?<line>\d+):(?<column>\d+):)?/gu;
/** Goes before the error of an import of a path inside a package's module, and tells a student nothing. */
const NOT_ITS_OWN = /^Cannot read directory .*: not a directory$/u;
/** What the bundler says when it cannot reach files, all of which are ours. */
const UNREADABLE = /^(?:Cannot read|Could not read|Failed to) /u;
const UNRESOLVED = /^Could not resolve "(?<name>[^"]*)"/u;
/** A pattern that was made of a computed name, and that no file fits. */
const UNRESOLVED_PATTERN = /^Could not resolve (?:import|require)\("(?<name>[^"]*)"\)/u;
/** In the second form nothing at all is exported, in the third the module is imported as a whole. */
const NOT_EXPORTED = [
  /^No matching export in "(?<path>[^"]*)" for import "(?<name>[^"]*)"/u,
  /^Import "(?<name>[^"]*)" will always be undefined because the file "(?<path>[^"]*)" has no exports/u,
  /^Import "(?<name>[^"]*)" will always be undefined because there is no matching export in "(?<path>[^"]*)"/u,
];

/** What was compiled. */
export interface CompiledFiles {
  /** Whether a path is the workspace's, or of our module in front of it. */
  readonly hasFile: (path: string) => boolean;
  /** The modules of the packages, by the packages' names. */
  readonly libraries: ReadonlyMap<string, string>;
}

/**
 * The first error of esbuild's output in one line: file, line, and what a student can do about it.
 *
 * @returns undefined when the output is no verdict on the sources
 */
export function firstEsbuildError(
  stderr: string,
  assignment: Assignment,
  { hasFile, libraries }: CompiledFiles,
): string | undefined {
  const errors = [...stderr.matchAll(ERROR)].map(({ groups }) => groups!);
  const telling = errors.filter(({ message }) => !NOT_ITS_OWN.test(message));
  const first = telling[0] ?? errors[0];
  // Behind an error without a place, or a file that cannot be read, all others may be its consequences.
  if (first === undefined || telling.some(({ message, path }) => !path || UNREADABLE.test(message))) return undefined;
  const { message, path } = first;
  // The words on a file that is not the student's would quote it.
  if (!hasFile(path)) return foreignFileRefused(assignment);
  const where = `${path}:${first['line']}:${first['column']}: `;
  const unresolved = UNRESOLVED.exec(message)?.groups;
  if (unresolved) {
    const name = unresolved['name'];
    const isThere = isAllowedImport({ packages: assignment.packages, hasFile }, path, name);
    return isThere ? undefined : `${where}${importRefused(name, assignment)}`;
  }
  const pattern = UNRESOLVED_PATTERN.exec(message)?.groups;
  if (pattern) return `${where}${computedImportRefused(pattern['name'])}`;
  const missing = NOT_EXPORTED.map((form) => form.exec(message)?.groups).find((found) => found !== undefined);
  const library = missing && libraryAt(missing['path'], libraries);
  if (library) return `${where}"${library}" exports no ${missing['name']}`;
  if (missing)
    return `${missing['path']}: does not export ${missing['name']}; keep the name and the "export" of the skeleton`;
  return `${where}${message}`;
}

/** The package whose module an error names, by its path from a folder elsewhere: `../../…/skeleton/nn/src/index.ts`. */
const libraryAt = (path: string, libraries: ReadonlyMap<string, string>): string | undefined =>
  path.startsWith('../')
    ? [...libraries].find(([, module]) => module.endsWith(path.replace(/^(?:\.\.\/)+/u, '/')))?.[0]
    : undefined;

/** The one wording for an import that is not on the list. */
export const importRefused = (name: string, assignment: Assignment): string =>
  `import of "${shown(name)}" is not allowed; ${allowed(assignment)}`;

/** An import of what can only be known when the code runs, but is a file of the machine to a bundler. */
export const computedImportRefused = (name: string): string =>
  `import of a computed name ("${shown(name)}") is not allowed; write the whole name as one string`;

/** What came into a bundle by a way that names no import. */
export const foreignFileRefused = (assignment: Assignment): string =>
  `the sources bring in a file that is not theirs; ${allowed(assignment)}`;

const allowed = ({ packages }: Assignment): string =>
  `a deliverable may import ${packages.join(', ')} and the skeleton's own files in src/`;

const shown = (name: string): string => name.replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]+/gu, '?');
