import { posix } from 'node:path';

/** What a bundler tries behind the name of a file. */
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
/** TypeScript's files may be named as what they are compiled to. */
const COMPILED = /\.(?<kind>[cm]?)js(?<x>x?)$/u;

/** Whether the compilers read a file as a program. */
export const isSource = (path: string): boolean => /\.[cm]?[jt]sx?$/u.test(path);

/** What a deliverable may import: some packages by name, and the files of the workspace by their path. */
export interface AllowedImports {
  readonly packages: readonly string[];
  readonly hasFile: (path: string) => boolean;
}

/**
 * Whether a module may be imported. It is judged by its name alone, without a look at the machine's files.
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
