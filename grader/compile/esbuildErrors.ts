import { computedImportRefused, importRefused, isAllowedImport, mayImport } from '@im2grade/handout/rules';
import type { Assignment } from '../model/assignment.ts';

const ERROR = /\[ERROR\] (?<message>[^\n]+)(?:\n\s*\n\s+(?<path>[^\s:][^\n:]*):(?<line>\d+):(?<column>\d+):)?/gu;
/** Precedes the error about an import of a path inside a package's module, and is of no use to a student. */
const NOT_ITS_OWN = /^Cannot read directory .*: not a directory$/u;
/** esbuild's errors about files that it cannot read, all of which are ours. */
const UNREADABLE = /^(?:Cannot read|Could not read|Failed to) /u;
const UNRESOLVED = /^Could not resolve "(?<name>[^"]*)"/u;
/** A pattern made from a computed name that no file matches. */
const UNRESOLVED_PATTERN = /^Could not resolve (?:import|require)\("(?<name>[^"]*)"\)/u;
/** In the second form the file exports nothing at all; in the third the module is imported as a whole. */
const NOT_EXPORTED = [
  /^No matching export in "(?<path>[^"]*)" for import "(?<name>[^"]*)"/u,
  /^Import "(?<name>[^"]*)" will always be undefined because the file "(?<path>[^"]*)" has no exports/u,
  /^Import "(?<name>[^"]*)" will always be undefined because there is no matching export in "(?<path>[^"]*)"/u,
];

/** What was compiled. */
export interface CompiledFiles {
  /** Whether a path belongs to the workspace or is our entry module. */
  readonly hasFile: (path: string) => boolean;
  /** The modules of the packages, by package name. */
  readonly libraries: ReadonlyMap<string, string>;
}

/** An error in the sources, in one line. */
export interface SourceError {
  /** The deliverable that must be corrected; undefined if it is not known. */
  readonly path: string | undefined;
  /** File, line, and what a student can do about it. */
  readonly message: string;
}

/**
 * The first error of esbuild's output.
 *
 * @returns undefined if the output is not a verdict on the sources
 */
export function firstEsbuildError(
  stderr: string,
  assignment: Assignment,
  { hasFile, libraries }: CompiledFiles,
): SourceError | undefined {
  const errors = [...stderr.matchAll(ERROR)].map(({ groups }) => groups!);
  const relevant = errors.filter(({ message }) => !NOT_ITS_OWN.test(message));
  const first = relevant[0] ?? errors[0];
  // After an error without a place, or about a file that cannot be read, all others may be its consequences.
  if (first === undefined || relevant.some(({ message, path }) => !path || UNREADABLE.test(message))) return undefined;
  const { message, path } = first;
  // A message about a file that is not the student's would quote it.
  if (!hasFile(path)) return { path: undefined, message: foreignFileRefused(assignment) };
  const where = `${path}:${first['line']}:${first['column']}: `;
  const here = (what: string): SourceError => ({ path, message: `${where}${what}` });
  const unresolved = UNRESOLVED.exec(message)?.groups;
  if (unresolved) {
    const name = unresolved['name'];
    const isThere = isAllowedImport({ packages: assignment.packages, hasFile }, path, name);
    return isThere ? undefined : here(importRefused(name, assignment.packages));
  }
  const pattern = UNRESOLVED_PATTERN.exec(message)?.groups;
  if (pattern) return here(computedImportRefused(pattern['name']));
  const missing = NOT_EXPORTED.map((form) => form.exec(message)?.groups).find((found) => found !== undefined);
  if (!missing) return here(`${message}; correct it and hand the file in again`);
  const library = libraryAt(missing['path'], libraries);
  if (library) return here(`"${library}" does not export ${missing['name']}`);
  return notExported(assignment, path, missing as { path: string; name: string }, here);
}

/** The skeleton's names must be there; any other name is missing because the importing file asks for it. */
function notExported(
  { deliverables }: Assignment,
  importer: string,
  { path, name }: { readonly path: string; readonly name: string },
  atImporter: (what: string) => SourceError,
): SourceError {
  const isRequired = deliverables.some((each) => each.path === path && each.exports.includes(name));
  const isTheirs = deliverables.some((each) => each.path === importer);
  if (isTheirs && !isRequired)
    return atImporter(`${path} does not export ${name}, or cannot be used; export it there, or do not import it`);
  return { path, message: `${path}: does not export ${name}; keep the name and the "export" of the skeleton` };
}

/**
 * The package whose module an error names, by a path relative to another folder: `../../…/skeleton/nn/src/index.ts`.
 */
const libraryAt = (path: string, libraries: ReadonlyMap<string, string>): string | undefined =>
  path.startsWith('../')
    ? [...libraries].find(([, module]) => module.endsWith(path.replace(/^(?:\.\.\/)+/u, '/')))?.[0]
    : undefined;

/** A file that came into a bundle without an import that names it. */
export const foreignFileRefused = (assignment: Assignment): string =>
  `the sources bring in a file that is not theirs; ${mayImport(assignment.packages)}`;
