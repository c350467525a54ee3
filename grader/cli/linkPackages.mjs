import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Makes the packages of im2grade found from a folder as they are from im2grade: those that npm has installed in it or
 * around it and, because npm links workspaces in a repository only, its own.
 *
 * @param {string} root - the folder of im2grade
 * @param {string} home - the folder that gets a `node_modules` of links
 */
export function linkPackages(root, home) {
  const around = dirname(root);
  const installed = [join(root, 'node_modules'), ...(basename(around) === 'node_modules' ? [around] : [])];
  const packages = new Map(ownPackages(root));
  // The first that Node would find.
  for (const folder of installed)
    for (const name of namesIn(folder)) if (!packages.has(name)) packages.set(name, join(folder, name));
  for (const [name, target] of packages) link(target, join(home, 'node_modules', name));
  const ofGrader = join(root, 'grader/node_modules');
  if (existsSync(ofGrader)) link(ofGrader, join(home, 'grader/node_modules'));
}

/** Names and folders of the workspaces. */
function ownPackages(root) {
  const { workspaces } = readJson(join(root, 'package.json'));
  const folders = workspaces.flatMap((pattern) =>
    pattern.endsWith('/*') ? inFolder(join(root, pattern.slice(0, -2))) : [join(root, pattern)],
  );
  return folders
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => [readJson(join(folder, 'package.json')).name, folder]);
}

/** Packages in a `node_modules`, those of a scope with its name. */
const namesIn = (folder) =>
  (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) => {
    if (name.startsWith('.')) return [];
    return name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name];
  });

const inFolder = (folder) => readdirSync(folder).map((name) => join(folder, name));
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** A package may have moved since; another process may be faster. */
function link(target, path) {
  const present = targetOf(path);
  if (present === target) return;
  if (present !== undefined) rmSync(path);
  mkdirSync(dirname(path), { recursive: true });
  try {
    symlinkSync(target, path, 'junction');
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

function targetOf(path) {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}
