import { createHash } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';

/**
 * The bundle of the command line: its first line names its sources, with the size and time of each. V8's bytecode is kept
 * beside it, because compiling takes longer than running.
 */
const MADE_OF = '//';
/** npm writes it when it installs packages, some of which are in the bundle: of the repository, or around im2grade. */
const INSTALLED = ['../node_modules/.package-lock.json', '../../.package-lock.json'];
/** What the bundle's sources find as `import.meta.url`, and what imports packages when they are needed. */
export const PLACE = '__placeOfBundle';
export const IMPORT = '__importPackage';

function stampOf(grader, file) {
  const { size, mtimeMs } = statSync(join(grader, file), { throwIfNoEntry: false }) ?? {};
  return `${size} ${mtimeMs}`;
}

/**
 * @param {string} bundle - its file
 * @param {string} grader - the folder of the grader
 * @returns {string | undefined} its text; nothing if one of its sources has changed since it was made
 * @throws {Error} if it cannot be read now
 */
export function readBundle(bundle, grader) {
  try {
    const text = readFileSync(bundle, 'utf8');
    const madeOf = JSON.parse(text.slice(MADE_OF.length, text.indexOf('\n')));
    return Object.entries(madeOf).every(([file, stamp]) => stampOf(grader, file) === stamp) ? text : undefined;
  } catch (error) {
    if (error.code !== undefined && error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    return undefined;
  }
}

/**
 * @param {string} bundle - its file
 * @param {string} grader - the folder of the grader
 * @param {string[]} sources - relative to it
 * @param {string} code - what was made of them
 * @returns {string} its text
 */
export function writeBundle(bundle, grader, sources, code) {
  const madeOf = Object.fromEntries([...INSTALLED, ...sources].map((file) => [file, stampOf(grader, file)]));
  const text = `${MADE_OF}${JSON.stringify(madeOf)}\n${code}`;
  writeWhole(bundle, text);
  return text;
}

/** Another process never reads half a file. */
function writeWhole(path, contents) {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

/**
 * Runs a bundle, on the bytecode of an earlier run if there is one of this version of V8.
 *
 * @param {string} bundle - its file
 * @param {string} text - its text
 */
export function runBundle(bundle, text) {
  const kept = `${bundle}.v8-${process.versions.v8}`;
  const digest = createHash('sha256').update(text).digest();
  const cachedData = bytecodeOf(kept, digest);
  const script = new Script(`(function (require, ${PLACE}, ${IMPORT}) {${text}\n})`, {
    filename: bundle,
    ...(cachedData && { cachedData }),
  });
  // A script on bytecode has no `import()` of its own in Node 20.
  script.runInThisContext()(createRequire(bundle), pathToFileURL(bundle), (name) => import(name));
  // When the command ends: functions that were compiled on the way are in it, too.
  if (!cachedData || script.cachedDataRejected)
    process.once('exit', () => keepQuietly(kept, Buffer.concat([digest, script.createCachedData()])));
}

/** The bytecode of the bundle with this digest, if it was kept. */
function bytecodeOf(kept, digest) {
  try {
    const whole = readFileSync(kept);
    return digest.equals(whole.subarray(0, digest.length)) ? whole.subarray(digest.length) : undefined;
  } catch {
    return undefined;
  }
}

/** A command that has done its work does not fail because the next one could not be made faster. */
function keepQuietly(path, contents) {
  try {
    writeWhole(path, contents);
  } catch {
    // The next command compiles it again.
  }
}
