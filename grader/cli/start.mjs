import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBundle, runBundle } from './bundle.mjs';
import { linkPackages } from './linkPackages.mjs';

/**
 * Starts the command line. Its sources are bundled into one file of plain JavaScript, again whenever one of them has changed:
 * that file loads in a fraction of the time of the sources.
 */
const GRADER = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOT = dirname(GRADER);
const CACHE_NAME = '.cache';
/** Caches of root, which everyone may read. */
const FOR_ALL = '/var/cache';

/** Whether files can be made in a folder; it is made if it is missing. */
function isWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Node and Jest take what is in such a folder for finished JavaScript, so that nothing is made there. */
const isInstalled = basename(dirname(ROOT)) === 'node_modules';

/** Whether other users may enter a folder and those above it. */
function othersMayEnter(folder) {
  const above = dirname(folder);
  return (statSync(folder).mode & constants.S_IXOTH) !== 0 && (above === folder || othersMayEnter(above));
}

/**
 * The folder of a user's caches. What root makes is compiled and run by the user nobody, who may seldom enter the home of
 * root.
 */
function userCaches() {
  const { XDG_CACHE_HOME } = process.env;
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  const home = homedir();
  const isClosed = process.getuid?.() === 0 && existsSync(home) && !othersMayEnter(home);
  return isClosed && isWritable(join(FOR_ALL, 'im2grade')) ? FOR_ALL : join(home, '.cache');
}

/**
 * The folder that has caches where the repository has them: the repository itself, or one of the user's if it is
 * read-only or an installed package. Packages are found from there as from the repository.
 */
function homeOfCaches() {
  if (!isInstalled && [ROOT, GRADER].every((folder) => isWritable(join(folder, CACHE_NAME)))) return ROOT;
  const home = join(
    userCaches(),
    'im2grade',
    createHash('sha256').update(`links to ${ROOT}`).digest('hex').slice(0, 16),
  );
  mkdirSync(join(home, 'grader', CACHE_NAME), { recursive: true });
  mkdirSync(join(home, CACHE_NAME), { recursive: true });
  linkPackages(ROOT, home);
  return realpathSync(home);
}

// `npm run grade` runs in the repository; relative paths are relative to the user's folder.
const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
if (script === 'grade' && caller && process.cwd() === ROOT) process.chdir(caller);
let bundle;
let text;
try {
  const home = homeOfCaches();
  bundle = join(home, 'grader', CACHE_NAME, 'grade.cjs');
  // For what the grader itself keeps.
  process.env.IM2GRADE_CACHE = join(home, CACHE_NAME);
  text = readBundle(bundle, GRADER) ?? (await (await import('./makeBundle.mjs')).makeBundle(bundle, GRADER));
} catch (error) {
  process.stderr.write(`grade: the command cannot be made from its sources: ${error.message}\n`);
  // The value of `EXIT.graderFailed`, whose module could not be bundled.
  process.exit(3);
}
try {
  runBundle(bundle, text);
} catch (error) {
  const remedy = error.code === 'EMFILE' ? '; raise the limit of open files (ulimit -n 256)' : '';
  process.stderr.write(`grade: the command cannot be started: ${error.message.split('\n')[0]}${remedy}\n`);
  process.exit(3);
}
