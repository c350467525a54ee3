import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, type GivenFiles, GIVEN_FILES } from '@im2grade/handout/givenFiles';
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
 * @param root - the folder of im2grade
 * @throws UsageError if a deliverable of the skeleton is no longer a stub, or its package.json needs what im2grade does
 *   not have
 */
export function handoutFiles(root: string, assignment: Assignment): Files {
  requireStubs(assignment);
  const workspace = `skeleton/${assignment.id}`;
  const locked = new LockedPackages(root, { at: workspace, folder: assignment.folders.skeleton });
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
  const manifest = handoutManifest(root, assignment, locked, needed);
  files.set('package.json', json(manifest));
  files.set('package-lock.json', json(handoutLock(root, manifest, workspace, locked, needed)));
  files.set(
    'tsconfig.json',
    json({ compilerOptions: { ...CHECKED_WITH, types: ['node', 'jest'], resolveJsonModule: true } }),
  );
  files.set('LICENSE', readFileSync(join(root, 'LICENSE')));
  files.set('.gitignore', 'node_modules/\nhand-in.zip\n');
  files.set(`${vendored('skeleton/handout')}/${GIVEN_FILES}`, json(givenFiles(assignment, files)));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the student's hand-in is checked against: the sources that are not handed in. */
function givenFiles({ deliverables }: Assignment, files: Files): GivenFiles {
  const own = deliverables.map(({ path }) => path);
  const given = [...files].filter(([path]) => path.startsWith('src/') && !own.includes(path));
  return Object.fromEntries(given.map(([path, content]) => [path, digestOf(content)]));
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

const BIN = `${vendored('skeleton/handout')}/bin/handout.cjs`;
/** By path, so that it can say that packages are missing. */
const COMMAND = `node ${BIN}`;
/** The student's commands; an assignment's own are added to them. */
const SCRIPTS = { test: `${COMMAND} test`, grade: COMMAND, 'hand-in': `${COMMAND} hand-in` };

function handoutManifest(
  root: string,
  { id, folders }: Assignment,
  locked: LockedPackages,
  needed: readonly string[],
): Manifest {
  const { engines, license, overrides } = readManifest(root);
  const own = readManifest(folders.skeleton);
  const overridden = Object.entries(overrides ?? {}).filter(([name]) => needed.includes(`node_modules/${name}`));
  return {
    ...own,
    // Without it, npx would offer a stranger's package of this name until the packages are installed.
    bin: { grade: BIN },
    scripts: { ...own.scripts, ...SCRIPTS },
    ...pinnedVersions(own, locked, `skeleton/${id}`),
    ...(license && { license }),
    ...(engines && { engines }),
    workspaces: [vendored('*')],
    overrides: Object.fromEntries(overridden),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
