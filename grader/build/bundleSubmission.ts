import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../merge/mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { checkImports } from './checkImports.ts';
import { firstEsbuildError } from './esbuildErrors.ts';
import { runCompiler } from './runCompiler.ts';
import { inTemporaryFolder, OUTPUT } from './staging.ts';
import { libraryEntry, type Toolchain } from './toolchain.ts';

/** The global variable that a bundle leaves its exports in; the jail reads `submission.entry`. */
const GLOBAL_NAME = 'submission';

/**
 * What is bundled: the assignment's functions, and how the library beside them is told what to compute with. It also names what
 * each deliverable has to export, in JavaScript: in TypeScript a name that is not there could be a type, and would be let pass.
 */
const BUNDLE_ENTRY = 'bundle.js';
const bundleEntry = ({ entry, deliverables }: Assignment): string =>
  [
    `export { entry } from './${entry}';`,
    `export { useGemmBackend, useHeap } from '@im2grade/nn';`,
    ...deliverables
      .filter(({ exports }) => exports.length > 0)
      .map(
        ({ path, exports }, i) =>
          `import { ${exports.map((name) => `${name} as _${i}${name}`).join(', ')} } from './${path}';`,
      ),
    '',
  ].join('\n');

/** Keeps imports that nothing uses, so that the import check sees them too. */
const TSCONFIG = {
  compilerOptions: { target: 'es2023', verbatimModuleSyntax: true, useDefineForClassFields: true, strict: true },
};

/**
 * Bundles a workspace into one strict script that leaves `entry` in a global: all that a submission's process will know.
 *
 * @param isMinified - shortens all names that are not exported: messages of V8 quote the source
 * @throws UngradableError with the compiler's words, file and line
 */
export async function bundleSubmission(
  toolchain: Toolchain,
  assignment: Assignment,
  workspace: Workspace,
  { isMinified = false } = {},
): Promise<Uint8Array> {
  const files = new Map([...workspace, [BUNDLE_ENTRY, bundleEntry(assignment)]]);
  return inTemporaryFolder(toolchain.sandbox, files, async (folder) => {
    const { code, stderr } = await runCompiler(
      toolchain,
      toolchain.esbuild,
      [
        BUNDLE_ENTRY,
        '--bundle',
        ...(isMinified ? ['--minify', '--legal-comments=none'] : []),
        '--format=iife',
        '--platform=neutral',
        '--target=es2023',
        `--global-name=${GLOBAL_NAME}`,
        '--banner:js="use strict";',
        `--tsconfig-raw=${JSON.stringify(TSCONFIG)}`,
        ...assignment.packages.map((name) => `--alias:${name}=${libraryEntry(toolchain.root, name)}`),
        '--log-level=error',
        '--log-override:import-is-undefined=error',
        '--color=false',
        `--outfile=${OUTPUT}/bundle.js`,
        `--metafile=${OUTPUT}/meta.json`,
      ],
      folder,
      assignment,
    );
    if (code === undefined)
      throw new UngradableError(
        `the sources keep the compiler busy for more than ${assignment.limits.buildSeconds} s; simplify them`,
      );
    if (code !== 0) throw new UngradableError(firstEsbuildError(stderr, assignment));
    checkImports(readFileSync(join(folder, OUTPUT, 'meta.json'), 'utf8'), assignment, workspace);
    return readFileSync(join(folder, OUTPUT, 'bundle.js'));
  });
}
