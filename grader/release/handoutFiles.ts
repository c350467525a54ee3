import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Assignment } from '../model/assignment.ts';
import { CHECKED_WITH } from '../model/compilerOptions.ts';
import { UsageError } from '../model/errors.ts';
import { handoutLock, vendored } from './handoutLock.ts';
import { handoutPackages } from './handoutPackages.ts';
import { LockedPackages } from './LockedPackages.ts';
import { type Manifest, pinnedVersions, readManifest } from './manifests.ts';
import { type Files, packFolder, packLibrary } from './packFolder.ts';

/**
 * The files of an assignment's handout: the skeleton and its libraries, self-contained.
 *
 * @param root - the repository's folder
 * @throws UsageError if a deliverable of the skeleton is no longer a stub
 */
export function handoutFiles(root: string, assignment: Assignment): Files {
  requireStubs(assignment);
  const workspace = relative(root, assignment.folders.skeleton).split(sep).join('/');
  const locked = new LockedPackages(root);
  const needed = locked.closure(workspace);
  const libraries = handoutPackages(root, assignment);
  const files: Files = packFolder(assignment.folders.skeleton);
  for (const library of libraries) {
    const {
      scripts: _scripts,
      devDependencies: _devDependencies,
      publishConfig,
      ...manifest
    } = readManifest(join(root, library));
    const folder = vendored(library);
    const packed = { ...manifest, ...publishConfig, ...pinnedVersions(manifest, locked, library) };
    files.set(`${folder}/package.json`, json(packed));
    for (const [path, content] of packLibrary(join(root, library), manifest.files ?? []))
      files.set(`${folder}/${path}`, content);
  }
  const manifest = handoutManifest(root, workspace, locked, needed);
  files.set('package.json', json(manifest));
  files.set('package-lock.json', json(handoutLock(root, manifest, workspace, locked, needed)));
  files.set(
    'tsconfig.json',
    json({ compilerOptions: { ...CHECKED_WITH, types: ['node', 'jest'], resolveJsonModule: true } }),
  );
  files.set('LICENSE', readFileSync(join(root, 'LICENSE')));
  files.set('.gitignore', 'node_modules/\n');
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A solution that was written into the skeleton must not be handed out. */
function requireStubs({ deliverables, folders }: Assignment): void {
  for (const { path, exports } of deliverables) {
    if (exports.length === 0 || readFileSync(join(folders.skeleton, path), 'utf8').includes('NotImplementedError'))
      continue;
    throw new UsageError(
      `${join(folders.skeleton, path)} is no longer a stub: nothing in it throws NotImplementedError`,
    );
  }
}

function handoutManifest(root: string, workspace: string, locked: LockedPackages, needed: readonly string[]): Manifest {
  const { engines, license, overrides } = readManifest(root);
  const own = readManifest(join(root, workspace));
  const overridden = Object.entries(overrides ?? {}).filter(([name]) => needed.includes(`node_modules/${name}`));
  return {
    ...own,
    ...pinnedVersions(own, locked, workspace),
    ...(license && { license }),
    ...(engines && { engines }),
    workspaces: [vendored('*')],
    overrides: Object.fromEntries(overridden),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
