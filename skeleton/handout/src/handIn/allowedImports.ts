import { posix } from 'node:path';

/** The suffixes that a bundler tries after a file name. */
const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.json',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.jsx',
  '/index.json',
];
/** TypeScript files may be imported under the name of their compiled file. */
const COMPILED = /\.(?<kind>[cm]?)js(?<x>x?)$/u;

/** Whether the compilers read a file as a program. */
export const isSource = (path: string): boolean => /\.[cm]?[jt]sx?$/u.test(path);

/** The message for every import that is not on the list. */
export const importRefused = (name: string, packages: readonly string[]): string =>
  `import of "${shown(name)}" is not allowed; ${mayImport(packages)}`;

/** An import whose name is known only when the code runs; a bundler takes it for files of the machine. */
export const computedImportRefused = (name: string): string =>
  `import of a computed name ("${shown(name)}") is not allowed; write the whole name as one string`;

export const mayImport = (packages: readonly string[]): string =>
  `a deliverable may import ${packages.join(', ')} and the handout's own files in src/`;

/** A name as it can be printed. */
export const shown = (name: string): string => name.replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]+/gu, '?');

/** What a deliverable may import: some packages by name, and the files of the workspace by path. */
export interface AllowedImports {
  readonly packages: readonly string[];
  readonly hasFile: (path: string) => boolean;
}

/**
 * Whether a module may be imported. Only its name decides, not which files exist on the machine.
 *
 * @param importer - path in the workspace
 */
export function isAllowedImport({ packages, hasFile }: AllowedImports, importer: string, name: string): boolean {
  if (packages.includes(name)) return true;
  if (!/^\.\.?(?:\/|$)/u.test(name)) return false;
  const path = posix.join(posix.dirname(importer), name);
  const spelled = [path, path.replace(COMPILED, '.$<kind>ts$<x>')];
  return spelled.some((each) => ENDINGS.some((ending) => hasFile(posix.normalize(each + ending))));
}
