import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** One of the repository's own packages. */
export interface OwnPackage {
  readonly name: string;
  /** From the repository's folder, with forward slashes. */
  readonly folder: string;
  /** All packages that it names as its dependencies. */
  readonly dependencies: readonly string[];
}

const Root = z.object({ workspaces: z.array(z.string()) });
const Manifest = z.object({ name: z.string(), dependencies: z.record(z.string(), z.string()).default({}) });

const read = <T>(schema: z.ZodType<T>, ...path: readonly string[]): T =>
  schema.parse(JSON.parse(readFileSync(join(...path, 'package.json'), 'utf8')));

/** By the repository's folder: a process compiles many submissions with the same packages. */
const known = new Map<string, readonly OwnPackage[]>();

/** The workspaces of the repository in `root`. */
export function ownPackages(root: string): readonly OwnPackage[] {
  const found =
    known.get(root) ??
    read(Root, root)
      .workspaces.flatMap(foldersIn(root))
      .map((folder) => ownPackage(root, folder));
  known.set(root, found);
  return found;
}

/** The folders that a workspace names: one, or every package in a folder (`skeleton/*`). */
const foldersIn =
  (root: string) =>
  (workspace: string): string[] => {
    if (!workspace.endsWith('/*')) return [workspace];
    const parent = workspace.slice(0, -2);
    return readdirSync(join(root, parent))
      .filter((name) => existsSync(join(root, parent, name, 'package.json')))
      .sort()
      .map((name) => `${parent}/${name}`);
  };

function ownPackage(root: string, folder: string): OwnPackage {
  const { name, dependencies } = read(Manifest, root, folder);
  return { name, folder, dependencies: Object.keys(dependencies) };
}

/** The own packages among `names`, and all that these depend on, each once. */
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
