import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { Sandbox, Visible } from '../isolation/Sandbox.ts';

/** A compiler's own program, found in the installed packages. */
export interface Tool {
  /** The command line that starts it. */
  readonly argv: readonly string[];
  /** Its package. */
  readonly folder: string;
}

/** The compilers, where the library lies that they compile with, and the sandbox that they run in. */
export interface Toolchain {
  /** The repository's folder. */
  readonly root: string;
  readonly sandbox: Sandbox;
  readonly esbuild: Tool;
  readonly tsc: Tool;
}

/** Prefers a package's native binary: the JavaScript launchers in front of them cost a Node start each. */
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

/** The folder of a library package: `@im2grade/nn` lies in `skeleton/nn`. */
const libraryFolder = (root: string, packageName: string): string =>
  join(root, 'skeleton', packageName.slice(packageName.indexOf('/') + 1));

/** `@im2grade/nn` → the library's source. */
export const libraryEntry = (root: string, packageName: string): string =>
  join(libraryFolder(root, packageName), 'src/index.ts');

const PackageJson = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

const packageOf = (root: string, name: string): z.infer<typeof PackageJson> =>
  PackageJson.parse(JSON.parse(readFileSync(join(libraryFolder(root, name), 'package.json'), 'utf8')));

/** What a compiler must see besides the workspace: the library packages and what they depend on. */
export function libraryFiles(root: string, packages: readonly string[]): Visible[] {
  return packages.flatMap((name) => {
    const folder = libraryFolder(root, name);
    const { dependencies } = packageOf(root, name);
    const installed = Object.keys(dependencies).map((dependency) => join(root, 'node_modules', dependency));
    return [join(folder, 'src'), join(folder, 'package.json'), ...installed.filter((path) => existsSync(path))].map(
      (path) => ({ path }),
    );
  });
}

/** The sources of the library packages, and of those packages of ours that they are built on. */
export const librarySources = (root: string, packages: readonly string[]): string[] =>
  withTheirOwn(root, packages).flatMap((name) => sourcesIn(join(libraryFolder(root, name), 'src')));

/** Packages, and those in the library that they depend on. */
export function withTheirOwn(root: string, packages: readonly string[]): string[] {
  const known = new Set(packages);
  for (const name of known) {
    const { dependencies } = packageOf(root, name);
    for (const each of Object.keys(dependencies)) if (existsSync(libraryEntry(root, each))) known.add(each);
  }
  return [...known];
}

/** Without tests, and without what runs outside the realm that deliverables run in. */
const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/\/(?:run|test)\//u.test(file.slice(folder.length)));
