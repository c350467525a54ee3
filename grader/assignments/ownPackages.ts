import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** One of the repository's own packages. */
export interface OwnPackage {
  readonly name: string;
  /** Relative to the repository's folder, with forward slashes. */
  readonly folder: string;
  /** All packages that it declares as dependencies. */
  readonly dependencies: readonly string[];
  /** The module that an importer gets, by what follows the package's name; in the package's folder. */
  readonly exports: Readonly<Record<string, string>>;
}

const Root = z.object({ workspaces: z.array(z.string()) });
const Manifest = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  exports: z.record(z.string(), z.string()).default({}),
});

const read = <T>(schema: z.ZodType<T>, ...path: readonly string[]): T =>
  schema.parse(JSON.parse(readFileSync(join(...path, 'package.json'), 'utf8')));

/** Cached by the repository's folder: a process compiles many submissions with the same packages. */
const known = new Map<string, readonly OwnPackage[]>();

/** The workspaces of the repository in `root`. */
export function ownPackages(root: string): readonly OwnPackage[] {
  const found = known.get(root) ?? workspaceFolders(root).map((folder) => ownPackage(root, folder));
  known.set(root, found);
  return found;
}

/** The folders of the workspaces; of a pattern as `skeleton/*`, those that hold a package. */
const workspaceFolders = (root: string): string[] =>
  read(Root, root).workspaces.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    return readdirSync(join(root, parent))
      .map((name) => `${parent}/${name}`)
      .filter((folder) => existsSync(join(root, folder, 'package.json')))
      .sort();
  });

function ownPackage(root: string, folder: string): OwnPackage {
  const { name, dependencies, exports } = read(Manifest, root, folder);
  return { name, folder, dependencies: Object.keys(dependencies), exports };
}

/** The own packages among `names` and everything that these depend on, each once. */
export function withDependencies(root: string, names: readonly string[]): readonly OwnPackage[] {
  const all = new Map(ownPackages(root).map((one) => [one.name, one]));
  const found = new Set<OwnPackage>();
  const visit = (name: string): void => {
    const one = all.get(name);
    if (!one || found.has(one)) return;
    found.add(one);
    one.dependencies.forEach(visit);
  };
  names.forEach(visit);
  return [...found];
}
