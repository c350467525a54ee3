import type { BuildOptions } from 'esbuild';
import type { Assignment } from '../model/assignment.ts';
import { HIDDEN_BUNDLE } from '../model/bundle.ts';
import { libraryEntries } from './findToolchain.ts';

/** The file of `bundleEntry`, next to the workspace's own. */
export const BUNDLE_ENTRY = 'bundle.js';

/**
 * The module that is bundled: it exports the assignment's functions, and the function that sets the library's backend. It also
 * names the required exports of each deliverable, in JavaScript: in TypeScript a missing name could be a type and would be
 * accepted.
 */
export const bundleEntry = ({ entry, deliverables }: Assignment): string =>
  [
    `export { entry } from './${entry}';`,
    `export { useRuntime } from '@im2grade/nn';`,
    ...deliverables
      .filter(({ exports }) => exports.length > 0)
      .map(
        ({ path, exports }, i) =>
          `import { ${exports.map((name) => `${name} as _${i}${name}`).join(', ')} } from './${path}';`,
      ),
    '',
  ].join('\n');

/** The global variable that a bundle leaves its exports in; the jail reads `submission.entry`. */
const GLOBAL_NAME = 'submission';

/** Keeps imports that nothing uses, so that the import check sees them too. */
const TSCONFIG = {
  compilerOptions: { target: 'es2023', verbatimModuleSyntax: true, useDefineForClassFields: true, strict: true },
};

/**
 * How esbuild makes one strict script of a workspace.
 *
 * @param isHidden - its own code must not see its source: names that are not exported are shortened, and there is no
 *   source map
 */
export const bundleOptions = (root: string, { packages }: Assignment, isHidden: boolean) =>
  ({
    bundle: true,
    ...(isHidden ? { minify: true, legalComments: 'none' } : { sourcemap: 'inline' as const, sourcesContent: false }),
    format: 'iife',
    platform: 'neutral',
    target: 'es2023',
    globalName: GLOBAL_NAME,
    banner: { js: isHidden ? HIDDEN_BUNDLE : '"use strict";' },
    tsconfigRaw: JSON.stringify(TSCONFIG),
    alias: Object.fromEntries(libraryEntries(root, packages)),
    logLevel: 'error',
    logOverride: { 'import-is-undefined': 'error' },
    color: false,
  }) satisfies BuildOptions;

/** Options as esbuild's command line takes them. */
export const flagsOf = (options: BuildOptions): string[] =>
  Object.entries(options).flatMap(([name, value]) => {
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === true) return [flag];
    if (typeof value !== 'object') return [`${flag}=${String(value)}`];
    return Object.entries(value as Record<string, string>).map(([key, each]) => `${flag}:${key}=${each}`);
  });
