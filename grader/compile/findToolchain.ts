import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { withDependencies } from '../assignments/ownPackages.ts';
import { installedPackage } from '../host/files/packagesFolder.ts';
import type { Sandbox, BindMount } from '../isolation/Sandbox.ts';

/** A compiler's own program, found in the installed packages. */
export interface Tool {
  /** The command line that starts it. */
  readonly argv: readonly string[];
  /** Its package. */
  readonly folder: string;
}

/** The compilers, the folder of the library that they compile with, and the sandbox in which they run. */
export interface Toolchain {
  /** The repository's folder. */
  readonly root: string;
  readonly sandbox: Sandbox;
  readonly esbuild: Tool;
  readonly tsc: Tool;
}

/**
 * Prefers a package's native binary: starting it through its JavaScript launcher costs the start of a Node process each
 * time.
 */
export function findToolchain(root: string, sandbox: Sandbox): Toolchain {
  const platform = `${process.platform}-${process.arch}`;
  return {
    root,
    sandbox,
    esbuild: native(root, `@esbuild/${platform}`, 'bin/esbuild') ?? throughNode(root, 'esbuild', 'bin/esbuild'),
    tsc:
      native(root, `@typescript/typescript-${platform}`, 'lib/tsc') ??
      throughNode(root, '@typescript/native', 'bin/tsc'),
  };
}

function native(root: string, packageName: string, file: string): Tool | undefined {
  try {
    const folder = packageFolder(root, packageName);
    const path = join(folder, file);
    return existsSync(path) ? { argv: [path], folder } : undefined;
  } catch {
    return undefined;
  }
}

function throughNode(root: string, packageName: string, file: string): Tool {
  const folder = packageFolder(root, packageName);
  return { argv: [process.execPath, join(folder, file)], folder };
}

const packageFolder = (root: string, name: string): string =>
  dirname(createRequire(join(root, 'grader/package.json')).resolve(`${name}/package.json`));

/**
 * The modules that a compiler finds for library packages, by name: all of `packages`, of which given files may import
 * more than deliverables, and the main ones of their dependencies.
 */
export const libraryEntries = (root: string, packages: readonly string[]): Map<string, string> =>
  new Map(
    withDependencies(root, packages).flatMap(({ name, folder, exports }) =>
      Object.entries(exports)
        .filter(([inPackage]) => inPackage === '.' || packages.includes(name))
        .map(([inPackage, path]) => [posix.join(name, inPackage), join(root, folder, path)]),
    ),
  );

/** What a compiler must be able to read in addition to the workspace: the library packages and their dependencies. */
export function libraryFiles(root: string, packages: readonly string[]): BindMount[] {
  const libraries = withDependencies(root, packages);
  const own = new Set(libraries.map(({ name }) => name));
  return libraries.flatMap(({ folder, dependencies }) => {
    const installed = dependencies
      .filter((dependency) => !own.has(dependency))
      .map((dependency) => installedPackage(join(root, folder), dependency));
    return [join(root, folder, 'src'), join(root, folder, 'package.json'), ...installed]
      .filter((path) => path !== undefined && existsSync(path))
      .map((path) => ({ path: path! }));
  });
}

/** The sources of the libraries' modules. */
export const librarySources = (root: string, packages: readonly string[]): string[] =>
  [...libraryEntries(root, packages).values()].flatMap(sourcesFrom);

/** A module and everything that it imports from its own package: nothing that needs Node, and no tests. */
function sourcesFrom(module: string): string[] {
  const found = new Set([module]);
  for (const file of found)
    for (const { groups } of readFileSync(file, 'utf8').matchAll(OWN_IMPORT))
      found.add(join(dirname(file), groups!['path']));
  return [...found];
}

const OWN_IMPORT = /^(?:import|export|\}).*'(?<path>\.[^']*)';$/gmu;
