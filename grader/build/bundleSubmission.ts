import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Workspace } from '../merge/mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { checkExports } from './checkExports.ts';
import { checkImports } from './checkImports.ts';
import { firstEsbuildError } from './esbuildErrors.ts';
import { runCompiler } from './runCompiler.ts';
import type { Tools } from './tools.ts';

/** The global variable that a bundle leaves its exports in; the jail reads `submission.entry`. */
const GLOBAL_NAME = 'submission';

/** What is bundled: the assignment's functions, and how the library beside them is told what to compute with. */
const BUNDLE_ENTRY = 'bundle.ts';
const bundleEntry = (assignment: Assignment): string =>
  `export { entry } from './${assignment.entry}';\nexport { useGemmBackend, useHeap } from '@im2grade/nn';\n`;

/** Keeps imports that nothing uses, so that the import check sees them too. */
const TSCONFIG = {
  compilerOptions: { target: 'es2023', verbatimModuleSyntax: true, useDefineForClassFields: true, strict: true },
};

/**
 * Bundles a workspace into one strict script that leaves `entry` in a global: all that a submission's process will know.
 *
 * @param root - where the library packages lie
 * @throws UngradableError with the compiler's words, file and line
 */
export async function bundleSubmission(
  root: string,
  tools: Tools,
  assignment: Assignment,
  workspace: Workspace,
): Promise<Uint8Array> {
  const files = new Map([...workspace, [BUNDLE_ENTRY, bundleEntry(assignment)]]);
  return inTemporaryFolder(files, async (folder) => {
    const { code, stderr } = await runCompiler(
      [
        ...tools.esbuild,
        BUNDLE_ENTRY,
        '--bundle',
        '--format=iife',
        '--platform=neutral',
        '--target=es2023',
        `--global-name=${GLOBAL_NAME}`,
        '--banner:js="use strict";',
        `--tsconfig-raw=${JSON.stringify(TSCONFIG)}`,
        ...assignment.packages.map((name) => `--alias:${name}=${libraryEntry(root, name)}`),
        '--log-level=error',
        '--color=false',
        '--outfile=out/bundle.js',
        '--metafile=out/meta.json',
      ],
      folder,
      assignment.limits.buildSeconds,
    );
    if (code === undefined)
      throw new UngradableError(
        `the sources keep the compiler busy for more than ${assignment.limits.buildSeconds} s; simplify them`,
      );
    if (code !== 0) throw new UngradableError(firstEsbuildError(stderr, assignment));
    await checkExports(folder, tools, assignment);
    checkImports(readFileSync(join(folder, 'out/meta.json'), 'utf8'), assignment, workspace);
    return readFileSync(join(folder, 'out/bundle.js'));
  });
}

/** `@im2grade/nn` → the library's source. */
export const libraryEntry = (root: string, packageName: string): string =>
  join(root, 'skeleton', packageName.slice(packageName.indexOf('/') + 1), 'src/index.ts');

/** Runs `work` in a folder that holds the workspace's files and is gone afterwards. */
export async function inTemporaryFolder<T>(workspace: Workspace, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-build-'));
  try {
    for (const [path, text] of workspace) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
