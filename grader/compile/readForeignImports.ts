import * as z from 'zod';
import { computedImportRefused, importRefused, isSource } from '@im2grade/handout/rules';
import type { Workspace } from './mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { MachineFault } from '../model/errors.ts';
import { compilerFault } from './compilerFault.ts';
import { runtimeBundles } from './runtimeBundles.ts';
import { runCompiler } from './runCompiler.ts';
import { inTemporaryFolder } from './inTemporaryFolder.ts';
import { inFreshProcesses } from './freshProcesses.ts';
import type { Toolchain } from './findToolchain.ts';

/** A reference to a module that a deliverable may not import. */
const ForeignImport = z.strictObject({
  path: z.string(),
  line: z.int(),
  column: z.int(),
  name: z.string(),
  isComputed: z.boolean(),
  /** Where the declaration is in the text, if nothing uses what it imports. */
  unused: z.strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() }).optional(),
});
export type ForeignImport = z.infer<typeof ForeignImport>;

/** Why a deliverable with a foreign import is refused: file, line, column, and what may be imported. */
export function importRefusal(
  { path, line, column, name, isComputed }: ForeignImport,
  { packages }: Assignment,
): string {
  const message = isComputed ? computedImportRefused(name) : importRefused(name, packages);
  return `${path}:${line}:${column}: ${message}`;
}

/**
 * The references of deliverables to modules outside the workspace and the allowed packages, read before a compiler could
 * follow a name to a file of the machine. Imports of types are treated like imports of values: the bundler drops them
 * silently, but the type checker would read them.
 *
 * The sources are parsed in the sandbox, because some sources keep any parser busy. A source that cannot be parsed is
 * left to the compilers, which cannot read other files either: `checkImports` checks everything that came into a
 * bundle, and `checkTypes` lists every file that may be read.
 *
 * @throws MachineFault if the parser did not run
 */
export function readForeignImports(
  toolchain: Toolchain,
  assignment: Assignment,
  workspace: Workspace,
): Promise<ForeignImport[]> {
  return inFreshProcesses(() => read(toolchain, assignment, workspace));
}

async function read(toolchain: Toolchain, assignment: Assignment, workspace: Workspace): Promise<ForeignImport[]> {
  const { importReader } = await runtimeBundles(toolchain.root, assignment);
  const tool = { argv: [process.execPath, importReader], folder: importReader };
  const sources = assignment.deliverables
    .map(({ path }) => path)
    .filter((path) => isSource(path) && workspace.has(path));
  const args = [assignment.packages, [...workspace.keys()], sources].map((list) => JSON.stringify(list));
  return inTemporaryFolder(toolchain.sandbox, workspace, async (folder) => {
    const result = await runCompiler(toolchain, tool, args, folder, assignment);
    if (result.end === 'too-busy' || result.end === 'too-much-memory') return [];
    if (result.end !== 'exited' || result.code !== 0) throw compilerFault('the import check', folder, result);
    return readAnswer(result.stdout, folder);
  });
}

function readAnswer(stdout: string, folder: string): ForeignImport[] {
  try {
    return z.array(ForeignImport).parse(JSON.parse(stdout));
  } catch {
    throw new MachineFault(`the import check in ${folder} ended before it had answered; grade again`);
  }
}
