import { join } from 'node:path';
import type { OwnPackage } from '../../assignments/ownPackages.ts';
import { LockedPackages } from '../LockedPackages.ts';
import { type Manifest, pinnedVersions, readManifest } from '../manifests.ts';

/** What gradings start by its path, and no package imports. */
const STARTED = ['@typescript/native'];

/**
 * The published package.json: im2grade with its own packages in it, and what they need in the versions that it was
 * tested with.
 *
 * @param root - the repository's folder
 * @param packed - its packages that are published
 * @throws Error if two of them need a package in different versions
 */
export function publishedManifest(root: string, packed: readonly OwnPackage[]): Manifest {
  const { private: _, overrides: _overrides, scripts, devDependencies = {}, ...manifest } = readManifest(root);
  const locked = new LockedPackages(root, { at: '', folder: root });
  const started = Object.fromEntries(STARTED.map((name) => [name, devDependencies[name]]));
  const needs = [
    pinnedVersions({ dependencies: started }, locked, ''),
    ...packed.map(({ folder }) => {
      const { dependencies, optionalDependencies } = readManifest(join(root, folder));
      return pinnedVersions({ dependencies, optionalDependencies }, locked, folder);
    }),
  ];
  const own = packed.map(({ name }) => name);
  const dependencies = united(
    needs.map((need) => need.dependencies ?? {}),
    own,
  );
  // The versions that new assignments get. What is in both, npm would leave out together with these.
  const others = Object.entries(devDependencies).filter(([name]) => !(name in dependencies));
  return {
    ...manifest,
    scripts: { grade: scripts!['grade'] },
    workspaces: packed.map(({ folder }) => folder),
    dependencies,
    devDependencies: Object.fromEntries(others),
    optionalDependencies: united(
      needs.map(({ optionalDependencies }) => optionalDependencies ?? {}),
      own,
    ),
  };
}

function united(all: readonly Readonly<Record<string, string>>[], own: readonly string[]): Record<string, string> {
  const versions = new Map<string, string>();
  for (const [name, version] of all.flatMap((one) => Object.entries(one))) {
    if (own.includes(name)) continue;
    const other = versions.get(name) ?? version;
    if (other !== version) throw new Error(`${name} is needed in the versions ${other} and ${version}`);
    versions.set(name, version);
  }
  return Object.fromEntries([...versions].sort(([a], [b]) => (a < b ? -1 : 1)));
}
