import * as z from 'zod';
import { computedImportRefused, importRefused, isSource } from '@im2grade/handout/rules';
import type { Workspace } from './mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { MachineFault, UngradableError } from '../model/errors.ts';
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
});
export type ForeignImport = z.infer<typeof ForeignImport>;

/**
 * Refuses deliverables that name a module outside the workspace and the allowed packages, before a compiler could
 * follow the name to a file of the machine. Imports of types are treated like imports of values: the bundler drops them
 * silently, but the type checker would read them.
 *
 * The sources are parsed in the sandbox, because some sources keep any parser busy. A source that cannot be parsed is
 * left to the compilers, which cannot read other files either: `checkImports` checks everything that came into a
 * bundle, and `checkTypes` lists every file that may be read.
 *
 * @throws UngradableError with file, line and column
 * @throws MachineFault if the parser did not run
 */
export async function refuseImports(toolchain: Toolchain, assignment: Assignment, workspace: Workspace): Promise<void> {
  const foreign = await inFreshProcesses(() => findForeignImport(toolchain, assignment, workspace));
  if (!foreign) return;
  const message = foreign.isComputed
    ? computedImportRefused(foreign.name)
    : importRefused(foreign.name, assignment.packages);
  throw new UngradableError(`${foreign.path}:${foreign.line}:${foreign.column}: ${message}`);
}

async function findForeignImport(
  toolchain: Toolchain,
  assignment: Assignment,
  workspace: Workspace,
): Promise<ForeignImport | null> {
  const { importReader } = await runtimeBundles(toolchain.root, assignment);
  const tool = { argv: [process.execPath, importReader], folder: importReader };
  const sources = assignment.deliverables
    .map(({ path }) => path)
    .filter((path) => isSource(path) && workspace.has(path));
  const args = [assignment.packages, [...workspace.keys()], sources].map((list) => JSON.stringify(list));
  return inTemporaryFolder(toolchain.sandbox, workspace, async (folder) => {
    const result = await runCompiler(toolchain, tool, args, folder, assignment);
    if (result.end === 'too-busy' || result.end === 'too-much-memory') return null;
    if (result.end !== 'exited' || result.code !== 0) throw compilerFault('the import check', folder, result);
    return readAnswer(result.stdout, folder);
  });
}

function readAnswer(stdout: string, folder: string): ForeignImport | null {
  try {
    return ForeignImport.nullable().parse(JSON.parse(stdout));
  } catch {
    throw new MachineFault(`the import check in ${folder} ended before it had answered; grade again`);
  }
}
