import type { Assignment } from '../model/assignment.ts';

const ERROR = /\[ERROR\] (?<message>[^\n]+)(?:\n\s*\n\s+(?<path>[^\s:][^\n:]*):(?<line>\d+):(?<column>\d+):)?/gu;
/** Goes before the error of an import of a path inside a package's module, and tells a student nothing. */
const NOT_ITS_OWN = /^Cannot read directory/u;
const UNRESOLVED = /^Could not resolve "(?<name>[^"]*)"/u;
/** In the second form nothing at all is exported, in the third the module is imported as a whole. */
const NOT_EXPORTED = [
  /^No matching export in "(?<path>[^"]*)" for import "(?<name>[^"]*)"/u,
  /^Import "(?<name>[^"]*)" will always be undefined because the file "(?<path>[^"]*)" has no exports/u,
  /^Import "(?<name>[^"]*)" will always be undefined because there is no matching export in "(?<path>[^"]*)"/u,
];

/**
 * The first error of esbuild's output in one line: file, line, and what a student can do about it.
 *
 * @param libraries - the modules of the packages, by the packages' names
 */
export function firstEsbuildError(
  stderr: string,
  assignment: Assignment,
  libraries: ReadonlyMap<string, string>,
): string {
  const errors = [...stderr.matchAll(ERROR)].map(({ groups }) => groups!);
  const groups = errors.find(({ message }) => !NOT_ITS_OWN.test(message)) ?? errors[0];
  if (groups === undefined) return `the sources cannot be compiled: ${stderr.trim().split('\n')[0] ?? ''}`;
  const where = groups['path'] ? `${groups['path']}:${groups['line']}:${groups['column']}: ` : '';
  const message = groups['message'];
  const unresolved = UNRESOLVED.exec(message)?.groups;
  if (unresolved) return `${where}${importRefused(unresolved['name'], assignment)}`;
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
  `import of "${name}" is not allowed; a deliverable may import ${assignment.packages.join(', ')} and the skeleton's own files in src/`;
