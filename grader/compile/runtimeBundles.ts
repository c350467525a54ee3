import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildOptions } from 'esbuild';
import { digestOfSources, sourceFiles } from '../assignments/sources.ts';
import { cacheFolder } from '../host/files/cacheFolder.ts';
import { packagesFolder } from '../host/files/packagesFolder.ts';
import { withEsbuild } from '../host/withEsbuild.ts';
import { isRoot } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import { courseOf } from '../model/courseOf.ts';
import { bundleOwn } from './bundleOwn.ts';
import { ownDeliverables } from './mergeFiles.ts';
import { compilingOwn } from './ownMistake.ts';

/**
 * Our own programs that run outside this process, bundled to plain JavaScript on first use and cached by content hash.
 * They start in a third of the time that loading their sources one by one would take.
 */
export interface RuntimeBundles extends Readonly<Record<keyof typeof FILES, string>> {
  readonly folder: string;
}

/** The file of each bundle in the folder. */
const FILES = {
  bootstrap: 'bootstrap.cjs',
  jail: 'jail.cjs',
  realm: 'realm.js',
  suiteRunner: 'suiteRunner.cjs',
  environment: 'environment.cjs',
  reporter: 'reporter.cjs',
  suites: 'suites.test.cjs',
  /** Finds what a submission's sources import. */
  importReader: 'importReader.cjs',
  /** The reference as a submission's process would get it. */
  reference: 'reference.js',
  /** The reference with the plain loops in place of what is timed; missing if the assignment has none. */
  naive: 'naive.js',
} as const;

/** What is bundled. */
const BUNDLED = /\.(?:ts|json|yaml)$/u;

/** Cached by folder of the suites: all gradings of a process use the same programs. */
const known = new Map<string, Promise<RuntimeBundles>>();

/**
 * Bundles the child scripts, the Jest environment and one assignment's suites, unless the bundles exist already.
 *
 * @throws UsageError with the place of a mistake in a suite, the reference or the naive solution, or if one of the
 *   assignment's folders is missing
 */
export function runtimeBundles(root: string, assignment: Assignment): Promise<RuntimeBundles> {
  const key = assignment.folders.tests;
  const programs = known.get(key) ?? findOrMake(root, assignment);
  known.set(key, programs);
  programs.catch(() => known.delete(key));
  return programs;
}

async function findOrMake(root: string, assignment: Assignment): Promise<RuntimeBundles> {
  const files = sourceFiles(root, assignment).filter(({ name }) => BUNDLED.test(name));
  const key = digestOfSources(root, files).digest('hex').slice(0, 16);
  const cache = cacheFolder(root);
  const folder = join(cache, `${assignment.id}-${key}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const temporary = mkdtempSync(join(cache, `.${key}-`));
    chmodSync(temporary, 0o755);
    await compilingOwn(courseOf(assignment), undefined, () => make(root, assignment, temporary));
    if (isRoot()) letNobodyRead(cache, temporary);
    moveTo(folder, temporary);
  }
  const inFolder = Object.entries(FILES).map(([name, file]) => [name, join(folder, file)]);
  return { folder, ...(Object.fromEntries(inFolder) as Record<keyof typeof FILES, string>) };
}

/** What runs in a sandbox is read by the user nobody, whatever the umask of root is. */
function letNobodyRead(cache: string, folder: string): void {
  chmodSync(cache, statSync(cache).mode | 0o011);
  for (const name of ['bootstrap', 'jail', 'realm', 'importReader'] as const)
    chmodSync(join(folder, FILES[name]), 0o644);
}

function moveTo(folder: string, temporary: string): void {
  try {
    renameSync(temporary, folder);
  } catch {
    // Another grading was faster; the content is the same.
    rmSync(temporary, { recursive: true, force: true });
  }
}

const SHARED: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  banner: { js: '"use strict";' },
  outExtension: { '.js': '.cjs' },
  logLevel: 'silent',
  // A tenth of the programs' start is reading them.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
};

const bundled = (options: BuildOptions) => withEsbuild(({ build }) => build({ ...SHARED, ...options }));

/**
 * Bundles programs of our own that run in Node to CommonJS, which has no `import.meta`; from its URL packages are found. A cache
 * in the repository moves with it, and from any other the repository is named.
 *
 * @param entryPoints - modules by the names of their bundles
 */
export async function bundlePrograms(root: string, entryPoints: Record<string, string>, outdir: string): Promise<void> {
  const inRepository = join(root, '.cache');
  const url =
    cacheFolder(root) === inRepository
      ? 'require("node:url").pathToFileURL(__filename).href'
      : JSON.stringify(pathToFileURL(join(inRepository, 'program.cjs')).href);
  await bundled({
    entryPoints,
    outdir,
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: `"use strict"; const importMetaUrl = ${url};` },
    external: ['jest', 'jest-environment-node', 'esbuild'],
    nodePaths: [packagesFolder(root)],
  });
}

async function make(root: string, assignment: Assignment, outdir: string): Promise<void> {
  const grader = (path: string): string => join(root, 'grader', path);
  const nodePaths = [packagesFolder(root)];
  const { reference, tests } = assignment.folders;
  const solution = ownDeliverables(assignment, reference);
  const naive = join(tests, 'naive');
  await Promise.all([
    bundlePrograms(
      root,
      {
        bootstrap: grader('run/child/bootstrap.ts'),
        jail: grader('run/child/jail.ts'),
        suiteRunner: grader('examine/suiteRunnerProcess.ts'),
        environment: grader('examine/SuiteEnvironment.ts'),
        reporter: grader('examine/silentReporter.ts'),
      },
      outdir,
    ),
    bundled({
      nodePaths,
      entryPoints: { realm: grader('run/child/realm.ts') },
      platform: 'neutral',
      format: 'iife',
      // The jail takes the script's exports from this variable.
      globalName: 'realm',
      outExtension: {},
      outdir,
    }),
    bundled({ nodePaths, entryPoints: { importReader: grader('compile/findForeignImports.ts') }, outdir }),
    bundled({
      nodePaths,
      stdin: {
        contents: suiteFiles(tests)
          .map((file) => `import ${JSON.stringify(file)};`)
          .join('\n'),
        resolveDir: root,
      },
      outfile: join(outdir, FILES.suites),
      sourcemap: 'external',
      sourcesContent: false,
    }),
    compilingOwn(courseOf(assignment), reference, () =>
      bundleOwn(root, assignment, solution, join(outdir, FILES.reference)),
    ),
    existsSync(naive) &&
      compilingOwn(courseOf(assignment), naive, () =>
        bundleOwn(
          root,
          assignment,
          new Map([...solution, ...ownDeliverables(assignment, naive)]),
          join(outdir, FILES.naive),
        ),
      ),
  ]);
}

/** The suites of an assignment in the order in which they examine. */
export const suiteFiles = (tests: string): string[] =>
  readdirSync(tests)
    .filter((name) => name.endsWith('.suite.ts'))
    .sort()
    .map((name) => join(tests, name));
