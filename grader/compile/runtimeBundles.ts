import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { digestOfSources, sourceFiles } from '../assignments/sources.ts';
import type { Assignment } from '../model/assignment.ts';

/**
 * Our own programs that run outside this process, bundled to plain JavaScript on first use and cached by content hash.
 * They start in a third of the time that loading their sources one by one would take.
 */
export interface RuntimeBundles {
  readonly folder: string;
  readonly bootstrap: string;
  readonly jail: string;
  readonly realm: string;
  readonly suiteRunner: string;
  readonly environment: string;
  readonly reporter: string;
  readonly suites: string;
  /** Finds what a submission's sources import. */
  readonly importReader: string;
}

/** What is bundled. */
const BUNDLED = /\.(?:ts|json)$/u;

/** Cached by folder of the suites: all gradings of a process use the same programs. */
const known = new Map<string, Promise<RuntimeBundles>>();

/** Bundles the child scripts, the Jest environment and one assignment's suites, unless the bundles exist already. */
export function runtimeBundles(root: string, assignment: Assignment): Promise<RuntimeBundles> {
  const key = assignment.folders.tests;
  const programs = known.get(key) ?? findOrMake(root, assignment);
  known.set(key, programs);
  programs.catch(() => known.delete(key));
  return programs;
}

async function findOrMake(root: string, assignment: Assignment): Promise<RuntimeBundles> {
  const suites = suiteFiles(assignment.folders.tests);
  const files = sourceFiles(root, assignment).filter((file) => BUNDLED.test(file));
  const key = digestOfSources(root, files).digest('hex').slice(0, 16);
  const cache = join(root, '.cache');
  const folder = join(cache, `${assignment.id}-${key}`);
  const programs = {
    folder,
    bootstrap: join(folder, 'bootstrap.cjs'),
    jail: join(folder, 'jail.cjs'),
    realm: join(folder, 'realm.js'),
    suiteRunner: join(folder, 'suiteRunner.cjs'),
    environment: join(folder, 'environment.cjs'),
    reporter: join(folder, 'reporter.cjs'),
    suites: join(folder, 'suites.test.cjs'),
    importReader: join(folder, 'importReader.cjs'),
  };
  if (existsSync(folder)) return programs;
  // Imported only if a bundle has to be made.
  const { build } = await import('esbuild');
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(join(cache, `.${key}-`));
  // The user nobody must be able to read what a submission's process runs.
  chmodSync(temporary, 0o755);
  const node: BuildOptions = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    banner: { js: '"use strict";' },
    logLevel: 'silent',
    // A tenth of the programs' start-up time goes into reading them.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
  };
  // CommonJS has no import.meta; the cache is inside the repository, so packages are resolved from there too.
  const importMeta: BuildOptions = {
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: '"use strict"; const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  };
  await Promise.all([
    build({
      ...node,
      entryPoints: {
        bootstrap: join(root, 'grader/run/child/bootstrap.ts'),
        jail: join(root, 'grader/run/child/jail.ts'),
      },
      ...importMeta,
      outdir: temporary,
      outExtension: { '.js': '.cjs' },
    }),
    build({
      ...node,
      entryPoints: { realm: join(root, 'grader/run/child/realm.ts') },
      platform: 'neutral',
      format: 'iife',
      // The jail takes the script's exports from this variable.
      globalName: 'realm',
      outdir: temporary,
    }),
    build({
      ...node,
      entryPoints: {
        suiteRunner: join(root, 'grader/examine/suiteRunnerProcess.ts'),
        environment: join(root, 'grader/examine/SuiteEnvironment.ts'),
        reporter: join(root, 'grader/examine/silentReporter.ts'),
      },
      external: ['jest', 'jest-environment-node', 'esbuild'],
      ...importMeta,
      outdir: temporary,
      outExtension: { '.js': '.cjs' },
    }),
    build({
      ...node,
      entryPoints: { importReader: join(root, 'grader/compile/findForeignImport.ts') },
      outdir: temporary,
      outExtension: { '.js': '.cjs' },
    }),
    build({
      ...node,
      stdin: { contents: suites.map((file) => `import ${JSON.stringify(file)};`).join('\n'), resolveDir: root },
      outfile: join(temporary, 'suites.test.cjs'),
    }),
  ]);
  try {
    renameSync(temporary, folder);
  } catch {
    // Another grading was faster; the content is the same.
    rmSync(temporary, { recursive: true, force: true });
  }
  return programs;
}

/** The suites of an assignment in the order in which they examine. */
export const suiteFiles = (tests: string): string[] =>
  readdirSync(tests)
    .filter((name) => name.endsWith('.suite.ts'))
    .sort()
    .map((name) => join(tests, name));
