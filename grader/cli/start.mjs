import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Starts the command line. Its sources are bundled into one file of plain JavaScript, again whenever one of them has changed:
 * that file loads in half the time of the sources.
 */
const GRADER = dirname(dirname(fileURLToPath(import.meta.url)));
/** Packages are found from here as from the sources. */
const CACHE = join(GRADER, '.cache');
const BUNDLE = join(CACHE, 'grade.mjs');
/** Its first line names its sources, with the size and time of each. */
const MADE_OF = '//';

const stampOf = (file) => {
  const { size, mtimeMs } = statSync(join(GRADER, file));
  return `${size} ${mtimeMs}`;
};

function isUpToDate() {
  try {
    const text = readFileSync(BUNDLE, 'utf8');
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
const placesKept = {
  name: 'places-kept',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replaceAll(
        EXPRESSION,
        `new URL(${JSON.stringify(relative(CACHE, path))}, import.meta.url).href`,
      );
      return { contents, loader: 'ts' };
    });
  },
};

async function bundle() {
  const { build } = await import('esbuild');
  const { metafile, outputFiles } = await build({
    entryPoints: [join(GRADER, 'cli/main.ts')],
    absWorkingDir: GRADER,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    plugins: [ownPackages, placesKept],
    metafile: true,
    write: false,
  });
  const madeOf = Object.fromEntries(
    ['cli/start.mjs', ...Object.keys(metafile.inputs)].map((file) => [file, stampOf(file)]),
  );
  mkdirSync(CACHE, { recursive: true });
  const temporary = `${BUNDLE}.${process.pid}`;
  writeFileSync(temporary, `${MADE_OF}${JSON.stringify(madeOf)}\n${outputFiles[0].text}`);
  renameSync(temporary, BUNDLE);
}

// `npm run grade` runs in the repository; relative paths are those of the folder where the user is.
const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
if (script === 'grade' && caller && process.cwd() === dirname(GRADER)) process.chdir(caller);
try {
  if (!isUpToDate()) await bundle();
} catch (error) {
  process.stderr.write(`grade: the command cannot be made from its sources: ${error.message}\n`);
  // `EXIT.graderFailed`, which is in what could not be bundled.
  process.exit(3);
}
try {
  await import(pathToFileURL(BUNDLE).href);
} catch (error) {
  const remedy = error.code === 'EMFILE' ? '; raise the limit of open files (ulimit -n 256)' : '';
  process.stderr.write(`grade: the command cannot be started: ${error.message.split('\n')[0]}${remedy}\n`);
  process.exit(3);
}
