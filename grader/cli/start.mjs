import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Starts the command line. Its sources are bundled into one file of plain JavaScript, again whenever one of them has changed:
 * that file loads in half the time of the sources.
 */
const GRADER = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOT = dirname(GRADER);
const CACHE_NAME = '.cache';
/** Its first line names its sources, with the size and time of each. */
const MADE_OF = '//';

const stampOf = (file) => {
  const { size, mtimeMs } = statSync(join(GRADER, file));
  return `${size} ${mtimeMs}`;
};

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

/**
 * The folder that has caches where the repository has them: the repository itself, or one of the user's if it is
 * read-only. Packages are found from there as from the repository.
 */
function homeOfCaches() {
  if ([ROOT, GRADER].every((folder) => isWritable(join(folder, CACHE_NAME)))) return ROOT;
  const user = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const home = join(user, 'im2grade', createHash('sha256').update(ROOT).digest('hex').slice(0, 16));
  mkdirSync(join(home, 'grader', CACHE_NAME), { recursive: true });
  mkdirSync(join(home, CACHE_NAME), { recursive: true });
  for (const packages of ['node_modules', 'grader/node_modules']) {
    if (!existsSync(join(ROOT, packages)) || existsSync(join(home, packages))) continue;
    symlinkSync(join(ROOT, packages), join(home, packages), 'junction');
  }
  return realpathSync(home);
}

function isUpToDate(bundle) {
  try {
    const text = readFileSync(bundle, 'utf8');
    const madeOf = JSON.parse(text.slice(MADE_OF.length, text.indexOf('\n')));
    return Object.entries(madeOf).every(([file, stamp]) => stampOf(file) === stamp);
  } catch {
    return false;
  }
}

/** Only what is written here is bundled: our own packages, and none of the installed ones. */
const ownPackages = {
  name: 'own-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      const isOwn = path.startsWith('@im2grade/') || kind === 'entry-point';
      return isOwn ? undefined : { path, external: true };
    });
  },
};

/** The expression itself, not a quoted one. */
const EXPRESSION = /(?<!['"`])import\.meta\.url/g;

/** A bundled module still sees the place of its source, wherever the repository is moved to. */
const placesKept = (cache) => ({
  name: 'places-kept',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replaceAll(
        EXPRESSION,
        `new URL(${JSON.stringify(relative(cache, path))}, import.meta.url).href`,
      );
      return { contents, loader: 'ts' };
    });
  },
});

async function makeBundle(bundle) {
  const { build } = await import('esbuild');
  const { metafile, outputFiles } = await build({
    entryPoints: [join(GRADER, 'cli/main.ts')],
    absWorkingDir: GRADER,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    plugins: [ownPackages, placesKept(dirname(bundle))],
    metafile: true,
    write: false,
  });
  const madeOf = Object.fromEntries(
    ['cli/start.mjs', ...Object.keys(metafile.inputs)].map((file) => [file, stampOf(file)]),
  );
  const temporary = `${bundle}.${process.pid}`;
  writeFileSync(temporary, `${MADE_OF}${JSON.stringify(madeOf)}\n${outputFiles[0].text}`);
  renameSync(temporary, bundle);
}

// `npm run grade` runs in the repository; relative paths are relative to the user's folder.
const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
if (script === 'grade' && caller && process.cwd() === ROOT) process.chdir(caller);
let bundle;
try {
  const home = homeOfCaches();
  bundle = join(home, 'grader', CACHE_NAME, 'grade.mjs');
  // For what the grader itself keeps.
  process.env.IM2GRADE_CACHE = join(home, CACHE_NAME);
  if (!isUpToDate(bundle)) await makeBundle(bundle);
} catch (error) {
  process.stderr.write(`grade: the command cannot be made from its sources: ${error.message}\n`);
  // The value of `EXIT.graderFailed`, whose module could not be bundled.
  process.exit(3);
}
try {
  await import(pathToFileURL(bundle).href);
} catch (error) {
  const remedy = error.code === 'EMFILE' ? '; raise the limit of open files (ulimit -n 256)' : '';
  process.stderr.write(`grade: the command cannot be started: ${error.message.split('\n')[0]}${remedy}\n`);
  process.exit(3);
}
