import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownPackages } from '../../assignments/ownPackages.ts';
import { lockFile, PUBLISHED_LOCK } from '../../host/files/lockFile.ts';
import { readManifest } from '../manifests.ts';
import { type Files, packFolder, packLibrary } from '../packFolder.ts';
import { publishedManifest } from './publishedManifest.ts';

/** Of the repository itself: what handouts and new assignments are made with, and what npm shows. */
const OWN_FILES = ['.prettierrc.json', 'LICENSE', 'README.md'];
const EXAMPLE = 'examples/new';

/**
 * The files of the package that courses install: everything that grades and makes assignments, in the folders of the
 * repository, without the assignments and without tests.
 *
 * @param root - the repository's folder
 */
export function publishedFiles(root: string): Files {
  const packed = ownPackages(root).filter(({ folder }) => !existsSync(join(root, folder, 'assignment.yaml')));
  const files: Files = new Map();
  for (const { folder } of packed) {
    const parts = readManifest(join(root, folder)).files ?? foldersIn(join(root, folder));
    files.set(`${folder}/package.json`, readFileSync(join(root, folder, 'package.json')));
    for (const [path, content] of packLibrary(join(root, folder), parts)) files.set(`${folder}/${path}`, content);
  }
  for (const [path, content] of packFolder(join(root, EXAMPLE))) files.set(`${EXAMPLE}/${path}`, content);
  for (const path of OWN_FILES) files.set(path, readFileSync(join(root, path)));
  files.set(PUBLISHED_LOCK, readFileSync(lockFile(root)));
  files.set('package.json', `${JSON.stringify(publishedManifest(root, packed), undefined, 2)}\n`);
  return files;
}

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(?:node_modules|\..*)$/u.test(entry.name))
    .map(({ name }) => name);
