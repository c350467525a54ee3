import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { IMPORT, PLACE, writeBundle } from './bundle.mjs';

/** Packages that every command loads and that need no files of their own: loading them one by one takes longest. */
const BUNDLED = new Set(
  '@babel/parser @date-fns/tz @hono/node-server big.js cli-progress cli-table3 csv-parse csv-stringify diff hono picocolors pure-rand string-width yaml yargs yauzl yazl zod'.split(
    ' ',
  ),
);

/** What is installed stays outside of the bundle, unless it is in `BUNDLED` or needed by a package that is. */
const mostPackagesOutside = (root) => ({
  name: 'most-packages-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
      const name = /^(@[^/]+\/)?[^/]+/.exec(path)[0];
      const isInside =
        path.startsWith('@im2grade/') ||
        kind === 'entry-point' ||
        BUNDLED.has(name) ||
        (isInPackage(root, importer) && !builtinModules.includes(name));
      return isInside ? undefined : { path, external: true };
    });
  },
});

/** im2grade itself may be installed in such a folder. */
const isInPackage = (root, file) =>
  !file.startsWith(root + sep) || file.slice(root.length).includes(`${sep}node_modules${sep}`);

/** The expression itself, not a quoted one. */
const OWN_PLACE = /(?<!['"`])import\.meta\.url/g;
/** The import of a package, not the type of one. */
const PACKAGE_IMPORT = /(?<!typeof )\bimport\((?=['"][^.])/g;

/**
 * A bundled module still sees the place of its source, wherever the repository is moved to, and imports packages from
 * there.
 */
const placesKept = (cache) => ({
  name: 'places-kept',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const place = `new URL(${JSON.stringify(relative(cache, path))}, ${PLACE}).href`;
      return { contents: contentsOf(path, place), loader: 'ts' };
    });
  },
});

const contentsOf = (path, place) =>
  readFileSync(path, 'utf8').replaceAll(OWN_PLACE, place).replaceAll(PACKAGE_IMPORT, `${IMPORT}(`);

/** esbuild is a program of its own, and fails obscurely if it has no pipes to it. */
async function buildOrSayWhy(options) {
  try {
    return await build(options);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Error('esbuild cannot be started; raise the limit of open files (ulimit -n 256)', { cause: error });
  }
}

/** How the bundle is made, which is not in it. */
const OWN_SCRIPTS = ['cli/start.mjs', 'cli/bundle.mjs', 'cli/linkPackages.mjs', 'cli/makeBundle.mjs'];

/**
 * Bundles the sources of the command line.
 *
 * @param {string} bundle - the file that is written
 * @param {string} grader - the folder of the grader
 * @returns {Promise<string>} the bundle's text
 */
export async function makeBundle(bundle, grader) {
  const { metafile, outputFiles } = await buildOrSayWhy({
    entryPoints: [join(grader, 'cli/main.ts')],
    absWorkingDir: grader,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Of packages: own modules keep theirs.
    define: { 'import.meta.url': PLACE },
    // The bundle is in grader/.cache of the folder that has the packages, or links to them.
    nodePaths: [join(dirname(bundle), '../../node_modules')],
    plugins: [mostPackagesOutside(dirname(grader)), placesKept(dirname(bundle))],
    metafile: true,
    write: false,
  });
  const own = Object.keys(metafile.inputs).filter((file) => !file.includes('node_modules'));
  return writeBundle(bundle, grader, [...OWN_SCRIPTS, ...own], outputFiles[0].text);
}
