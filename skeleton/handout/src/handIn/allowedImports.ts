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
