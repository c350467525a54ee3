import { basename, join } from 'node:path';
import type { LockedPackages } from './LockedPackages.ts';
import { type Manifest, pinnedVersions, readManifest } from './manifests.ts';

/** The folder of one of our packages in a handout. */
export const vendored = (library: string): string => `vendor/${basename(library)}`;

/**
 * The handout's package-lock.json: the part of ours that it needs, with our packages in the folders of the handout.
 *
 * @param root - the repository's folder
 * @param workspace - the assignment's folder in the repository
 * @param needed - the paths in our lock of everything that it needs
 */
export function handoutLock(
  root: string,
  manifest: Manifest,
  workspace: string,
  locked: LockedPackages,
  needed: readonly string[],
): Record<string, unknown> {
  const { name, version, license, workspaces, dependencies, devDependencies, engines } = manifest;
  const packages: Record<string, unknown> = {
    '': { name, version, license, workspaces, dependencies, devDependencies, engines },
  };
  for (const at of needed) {
    const place = placed(at, workspace);
    if (place in packages) throw new Error(`${at} and another package would both be in ${place}`);
    packages[place] = entryOf(root, locked, at);
  }
  return { name, version, lockfileVersion: 3, requires: true, packages };
}

function placed(at: string, workspace: string): string {
  if (at.startsWith(`${workspace}/`)) return at.slice(workspace.length + 1);
  const [folder, ...inner] = at.split('/node_modules/');
  return at.startsWith('node_modules/') ? at : [vendored(folder), ...inner].join('/node_modules/');
}

function entryOf(root: string, locked: LockedPackages, at: string): Record<string, unknown> {
  // These marks say what needs a package in this repository; npm sets them again when it installs.
  const { dev: _dev, devOptional: _devOptional, devDependencies: _devDependencies, ...entry } = locked.raw(at);
  if (entry['link'] === true) return { ...entry, resolved: vendored(String(entry['resolved'])) };
  if (at.includes('node_modules/')) return entry;
  const { dependencies, optionalDependencies } = locked.entry(at);
  const { publishConfig } = readManifest(join(root, at));
  return { ...entry, ...publishConfig, ...pinnedVersions({ dependencies, optionalDependencies }, locked, at) };
}
