import type { Workspace } from './mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { HIDDEN_BUNDLE } from '../model/bundle.ts';
import { MachineFault, UngradableError } from '../model/errors.ts';
import { checkImports, Metafile } from './checkImports.ts';
import { compilerFault } from './compilerFault.ts';
import { firstEsbuildError } from './esbuildErrors.ts';
import { CompilerStopped, inFreshProcesses } from './freshProcesses.ts';
import { refuseImports } from './refuseImports.ts';
import { type CompilerResult, runCompiler } from './runCompiler.ts';
import { inTemporaryFolder, OUTPUT, outputOf } from './inTemporaryFolder.ts';
import { libraryEntries, libraryFiles, type Toolchain } from './findToolchain.ts';

/** The global variable that a bundle leaves its exports in; the jail reads `submission.entry`. */
const GLOBAL_NAME = 'submission';

const BUNDLE = 'bundle.js';
const METAFILE = 'meta.json';

/**
 * What is bundled: the assignment's functions, and how the library beside them is told what to compute with. It also names what
 * each deliverable has to export, in JavaScript: in TypeScript a name that is not there could be a type, and would be let pass.
 */
const BUNDLE_ENTRY = 'bundle.js';
const bundleEntry = ({ entry, deliverables }: Assignment): string =>
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

/** Keeps imports that nothing uses, so that the import check sees them too. */
const TSCONFIG = {
  compilerOptions: { target: 'es2023', verbatimModuleSyntax: true, useDefineForClassFields: true, strict: true },
};

export interface BundleOptions {
  /** Whether the deliverables were found to import nothing foreign already, or are our own. */
  readonly isJudged?: boolean;
  /** Whether its own code must not see its source: it is run from bytecode, and names that are not exported are shortened. */
  readonly isHidden?: boolean;
}

/**
 * Bundles a workspace into one strict script that leaves `entry` in a global: all that a submission's process will know.
 *
 * @throws UngradableError with the compiler's words, file and line
 * @throws MachineFault when there is no verdict on the sources
 */
export async function bundleSubmission(
  toolchain: Toolchain,
  assignment: Assignment,
  workspace: Workspace,
  options: BundleOptions = {},
): Promise<Uint8Array> {
  if (!options.isJudged) await refuseImports(toolchain, assignment, workspace);
  return inFreshProcesses(() => bundle(toolchain, assignment, workspace, options));
}

async function bundle(
  toolchain: Toolchain,
  assignment: Assignment,
  workspace: Workspace,
  { isHidden = false }: BundleOptions,
): Promise<Uint8Array> {
  const staged = new Map([...workspace, [BUNDLE_ENTRY, bundleEntry(assignment)]]);
  const libraries = libraryEntries(toolchain.root, assignment.packages);
  return inTemporaryFolder(toolchain.sandbox, staged, async (folder) => {
    const result = await runCompiler(
      toolchain,
      toolchain.esbuild,
      [
        BUNDLE_ENTRY,
        '--bundle',
        ...(isHidden ? ['--minify', '--legal-comments=none'] : []),
        '--format=iife',
        '--platform=neutral',
        '--target=es2023',
        `--global-name=${GLOBAL_NAME}`,
        `--banner:js=${isHidden ? HIDDEN_BUNDLE : '"use strict";'}`,
        `--tsconfig-raw=${JSON.stringify(TSCONFIG)}`,
        ...[...libraries].map(([name, path]) => `--alias:${name}=${path}`),
        '--log-level=error',
        '--log-override:import-is-undefined=error',
        '--color=false',
        `--outfile=${OUTPUT}/${BUNDLE}`,
        `--metafile=${OUTPUT}/${METAFILE}`,
      ],
      folder,
      assignment,
      secondsOfOneTry(assignment),
    );
    requireSuccess(result, assignment, { folder, staged, libraries });
    const { metafile, bytes } = readBundle(folder);
    const library = libraryFiles(toolchain.root, assignment.packages).map(({ path }) => path);
    checkImports(metafile, assignment, workspace, { folder, staged, library });
    return bytes;
  });
}

/** Both tries together get what the assignment allows. No honest bundle takes a hundredth of it. */
const secondsOfOneTry = ({ limits: { buildSeconds } }: Assignment): number => Math.max(1, buildSeconds / 2);

/** What was compiled, and in which folder. */
interface Compiled {
  readonly folder: string;
  readonly staged: Workspace;
  readonly libraries: ReadonlyMap<string, string>;
}

/** Tells what the sources did to the compiler from what the machine did. */
function requireSuccess(result: CompilerResult, assignment: Assignment, compiled: Compiled): void {
  const { folder, staged, libraries } = compiled;
  const { end, code, stderr } = result;
  if (end === 'too-busy')
    throw new CompilerStopped(
      `the sources keep the compiler busy for more than ${assignment.limits.buildSeconds} s; simplify them`,
    );
  if (end === 'too-much-memory')
    throw new CompilerStopped('the sources make the compiler use more memory than it may; simplify them');
  if (end === 'exited' && code === 0) return;
  // A stack of bounded size that overflows does so on every machine.
  if (STACK_OVERFLOW.test(stderr))
    throw new CompilerStopped('the sources cannot be compiled: they are nested too deeply; simplify them');
  const hasErrors = end === 'exited' && code === ESBUILD_ERRORS;
  const error = hasErrors
    ? firstEsbuildError(stderr, assignment, { hasFile: (path) => staged.has(path), libraries })
    : undefined;
  if (error === undefined) throw compilerFault('esbuild', folder, result);
  throw new UngradableError(error);
}

/** esbuild's exit code when it has errors to report; when its runtime crashes, it is another. */
const ESBUILD_ERRORS = 1;
const STACK_OVERFLOW = /^(?:runtime: goroutine stack exceeds|fatal error: stack overflow)/mu;

/** The bundle and what is known about it. A compiler that was content has written both in full, or the disk lost them. */
function readBundle(folder: string): { metafile: Metafile; bytes: Uint8Array } {
  const bytes = outputOf(folder, BUNDLE);
  const metafile = parseMetafile(outputOf(folder, METAFILE).toString('utf8'));
  if (metafile?.outputs[`${OUTPUT}/${BUNDLE}`]?.bytes !== bytes.length)
    throw new MachineFault(`esbuild left a damaged bundle in ${folder}; see whether the disk is full, and grade again`);
  return { metafile, bytes };
}

function parseMetafile(text: string): Metafile | undefined {
  try {
    return Metafile.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
