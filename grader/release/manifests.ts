import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { UsageError } from '../model/errors.ts';
import type { LockedPackages } from './LockedPackages.ts';

const Versions = z.record(z.string(), z.string()).optional();

/** The fields of a package.json that a handout keeps. */
export const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  private: z.boolean().optional(),
  license: z.string().optional(),
  type: z.string().optional(),
  engines: Versions,
  bin: Versions,
  /** Fields that a package has in a handout only: in the repository, `grade` is the teacher's command. */
  publishConfig: z.object({ bin: z.record(z.string(), z.string()) }).optional(),
  exports: z.unknown().optional(),
  files: z.array(z.string()).optional(),
  workspaces: z.array(z.string()).optional(),
  scripts: Versions,
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
  overrides: Versions,
});
export type Manifest = z.infer<typeof Manifest>;

export const readManifest = (folder: string): Manifest =>
  Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));

type Kind = 'dependencies' | 'devDependencies' | 'optionalDependencies';
type Needs = { readonly [kind in Kind]?: Readonly<Record<string, string>> | undefined };

/**
 * What a package needs, each in the version that the lock file has for the folder `at`.
 *
 * @throws UsageError if it has none
 */
export function pinnedVersions(needs: Needs, locked: LockedPackages, at: string): Needs {
  const kinds = (['dependencies', 'devDependencies', 'optionalDependencies'] as const).filter(
    (kind) => Object.keys(needs[kind] ?? {}).length > 0,
  );
  const pin = (versions: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.keys(versions).map((name) => [name, versionOf(locked, at, name)]));
  return Object.fromEntries(kinds.map((kind) => [kind, pin(needs[kind]!)]));
}

/** `3.12.0`, or `npm:@typescript/typescript6@6.0.2` if a package is installed under another name. */
function versionOf(locked: LockedPackages, from: string, name: string): string {
  const at = locked.find(from, name);
  if (at === undefined)
    throw new UsageError(`${from}/package.json needs ${name}, which im2grade is not installed with; leave it out`);
  const { link, resolved, name: realName, version } = locked.entry(at);
  if (link) return locked.entry(resolved!).version!;
  return realName === undefined || realName === name ? version! : `npm:${realName}@${version}`;
}
