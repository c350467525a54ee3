import type { Workspace } from './mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { DeliverableError, MachineFault, UngradableError } from '../model/errors.ts';
import { BUNDLE_ENTRY, bundleEntry, bundleOptions, flagsOf } from './bundleOptions.ts';
import { checkImports, Metafile } from './checkImports.ts';
import { compilerFault } from './compilerFault.ts';
import { firstEsbuildError, type SourceError } from './esbuildErrors.ts';
import { CompilerStopped, inFreshProcesses } from './freshProcesses.ts';
import { importRefusal, readForeignImports } from './readForeignImports.ts';
import { type CompilerResult, runCompiler } from './runCompiler.ts';
import { inTemporaryFolder, OUTPUT, outputOf } from './inTemporaryFolder.ts';
import { libraryEntries, libraryFiles, type Toolchain } from './findToolchain.ts';

const BUNDLE = 'bundle.js';
const METAFILE = 'meta.json';

export interface BundleOptions {
  /** Whether the deliverables have passed the import check already, or are our own. */
  readonly isJudged?: boolean;
  /**
   * Whether the submission must not see its source: it runs from bytecode, and names that are not exported are
   * shortened.
   */
  readonly isHidden?: boolean;
  /** Whether a compiler that was stopped is tried only once: it is known that the sources stop it. */
  readonly isOneTry?: boolean;
}

/**
 * Bundles a workspace into one strict script that leaves `entry` in a global: all the code of a submission's process.
 *
 * @throws DeliverableError with the compiler's message, file and line; UngradableError if no single file is to blame
 * @throws MachineFault if the compiler gave no verdict on the sources
 */
export async function bundleSubmission(
  toolchain: Toolchain,
  assignment: Assignment,
  workspace: Workspace,
  options: BundleOptions = {},
): Promise<Uint8Array> {
  if (!options.isJudged) {
    const [foreign] = await readForeignImports(toolchain, assignment, workspace);
    if (foreign) throw new DeliverableError(foreign.path, importRefusal(foreign, assignment));
  }
  const once = () => bundle(toolchain, assignment, workspace, options);
  return options.isOneTry ? once() : inFreshProcesses(once);
}

async function bundle(
  toolchain: Toolchain,
  assignment: Assignment,
  workspace: Workspace,
  { isHidden = false }: BundleOptions,
): Promise<Uint8Array> {
  const sources = [...workspace].map(([path, text]): [string, string] => [path, withoutMapNames(text)]);
  const staged = new Map([...sources, [BUNDLE_ENTRY, bundleEntry(assignment)]]);
  const libraries = libraryEntries(toolchain.root, assignment.packages);
  return inTemporaryFolder(toolchain.sandbox, staged, async (folder) => {
    const result = await runCompiler(
      toolchain,
      toolchain.esbuild,
      [
        BUNDLE_ENTRY,
        ...flagsOf(bundleOptions(toolchain.root, assignment, isHidden)),
        `--outfile=${OUTPUT}/${BUNDLE}`,
        `--metafile=${OUTPUT}/${METAFILE}`,
      ],
      folder,
      assignment,
      { cpuSeconds: secondsOfOneTry(assignment) },
    );
    requireSuccess(result, assignment, { folder, staged, libraries });
    const { metafile, bytes } = readBundle(folder);
    const library = libraryFiles(toolchain.root, assignment.packages).map(({ path }) => path);
    checkImports(metafile, assignment, workspace, { folder, staged, library });
    return bytes;
  });
}

/** esbuild reads the map that a comment names, whichever file of the machine that is. Places in the text stay the same. */
const withoutMapNames = (text: string): string => text.replaceAll(/([#@] sourceMappingURL)=/gu, '$1:');

/** The limit of the assignment holds for both attempts together. No honest bundle needs a hundredth of it. */
const secondsOfOneTry = ({ limits: { buildSeconds } }: Assignment): number => Math.max(1, buildSeconds / 2);

/** What was compiled, and in which folder. */
interface Compiled {
  readonly folder: string;
  readonly staged: Workspace;
  readonly libraries: ReadonlyMap<string, string>;
}

/** Decides whether the sources or the machine stopped the compiler. */
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
  // A bounded stack overflows on every machine alike.
  if (STACK_OVERFLOW.test(stderr))
    throw new CompilerStopped('the sources cannot be compiled: they are nested too deeply; simplify them');
  const hasErrors = end === 'exited' && code === ESBUILD_ERRORS;
  const error = hasErrors
    ? firstEsbuildError(stderr, assignment, { hasFile: (path) => staged.has(path), libraries })
    : undefined;
  if (error === undefined) throw compilerFault('esbuild', folder, result);
  throw errorIn(assignment, error);
}

function errorIn({ deliverables }: Assignment, { path, message }: SourceError): UngradableError {
  const isTheirs = path !== undefined && deliverables.some((deliverable) => deliverable.path === path);
  return isTheirs ? new DeliverableError(path, message) : new UngradableError(message);
}

/** esbuild's exit code when it reports errors; a crash of its runtime has another one. */
const ESBUILD_ERRORS = 1;
const STACK_OVERFLOW = /^(?:runtime: goroutine stack exceeds|fatal error: stack overflow)/mu;

/** The bundle and its metafile. A compiler that exited with 0 has written both in full, unless the disk lost them. */
function readBundle(folder: string): { metafile: Metafile; bytes: Uint8Array } {
  const bytes = outputOf(folder, BUNDLE);
  const metafile = parseMetafile(outputOf(folder, METAFILE).toString('utf8'));
  if (metafile?.outputs[`${OUTPUT}/${BUNDLE}`]?.bytes !== bytes.length)
    throw new MachineFault(
      `esbuild left a damaged bundle in ${folder}; check whether the disk is full, and grade again`,
    );
  return { metafile, bytes };
}

function parseMetafile(text: string): Metafile | undefined {
  try {
    return Metafile.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
