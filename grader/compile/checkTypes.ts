import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Workspace } from './mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { CHECKED_WITH } from '../model/compilerOptions.ts';
import { MachineFault } from '../model/errors.ts';
import { compilerFault, machineFault } from './compilerFault.ts';
import { inFreshProcesses } from './freshProcesses.ts';
import { type CompilerResult, runCompiler } from './runCompiler.ts';
import { inTemporaryFolder } from './inTemporaryFolder.ts';
import { libraryEntries, librarySources, type Toolchain } from './findToolchain.ts';

export interface TypeWarning {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

const DIAGNOSTIC = /^(?<path>[^\s(][^(\n]*)\((?<line>\d+),\d+\): error (?<message>TS\d+: .*)$/gmu;
/** These errors have no place in a source: the checker itself lacks something. */
const NOWHERE = /^error (?<message>TS\d+: .*)$/mu;
/** How a Go program reports that it crashed. */
const CRASH = /^(?:panic|fatal error|runtime):/mu;
const MAX_WARNINGS = 20;

/**
 * The TypeScript checker's messages about the deliverables. They inform and never cost a point: what counts is what the
 * code does. If the check does not end in time, or the machine ended it, a warning says so instead.
 *
 * @param about - the sources to which messages may refer, if these are not the deliverables
 */
export async function checkTypes(
  toolchain: Toolchain,
  assignment: Assignment,
  workspace: Workspace,
  about: readonly string[] = assignment.deliverables.map(({ path }) => path),
): Promise<TypeWarning[]> {
  try {
    return await inFreshProcesses(() => check(toolchain, assignment, workspace, about));
  } catch (error) {
    if (!(error instanceof MachineFault)) throw error;
    return [notChecked(assignment, 'the check failed on the machine that graded this')];
  }
}

const notChecked = ({ entry }: Assignment, why: string): TypeWarning => ({
  path: entry,
  line: 0,
  message: `types were not checked: ${why}`,
});

async function check(
  toolchain: Toolchain,
  assignment: Assignment,
  workspace: Workspace,
  about: readonly string[],
): Promise<TypeWarning[]> {
  const { root, sandbox } = toolchain;
  const files = [
    ...[...workspace.keys()].filter((path) => path.endsWith('.ts')),
    ...librarySources(root, assignment.packages),
  ];
  const staged = new Map([...workspace, ['tsconfig.json', JSON.stringify(tsconfig(root, assignment, files))]]);
  return inTemporaryFolder(sandbox, staged, async (folder) => {
    const args = ['-p', '.', '--pretty', 'false', '--listFiles'];
    const result = await runCompiler(toolchain, toolchain.tsc, args, folder, assignment);
    if (result.end === 'too-busy') return [notChecked(assignment, 'the check did not end in time')];
    if (result.end === 'too-much-memory')
      return [notChecked(assignment, 'the check needs more memory than it may use')];
    requireVerdict(result, folder, files);
    return [...result.stdout.matchAll(DIAGNOSTIC)]
      .map(({ groups }) => ({ path: groups!['path'], line: Number(groups!['line']), message: groups!['message'] }))
      .filter(({ path }) => about.includes(path))
      .slice(0, MAX_WARNINGS)
      .map((warning) => ({ ...warning, message: withoutFolders(warning.message, [folder, root]) }));
  });
}

/**
 * If the checker could not read all files, its messages about the sources would be wrong.
 *
 * @throws MachineFault
 */
function requireVerdict(result: CompilerResult, folder: string, files: readonly string[]): void {
  const { end, stdout, stderr } = result;
  if (end !== 'exited' || CRASH.test(stderr)) throw compilerFault('tsc', folder, result);
  const lack = NOWHERE.exec(stdout)?.groups?.['message'];
  if (lack !== undefined) throw machineFault('tsc', folder, lack);
  if (result.isCut) return;
  const read = new Set(stdout.split('\n'));
  const homes = [folder, realpathSync(folder)];
  const unread = files.find((file) => !homes.some((home) => read.has(resolve(home, file))));
  if (unread !== undefined) throw machineFault('tsc', folder, `${unread} was not read`);
}

/** Types of the library are named by their path on this machine, which students should not see. */
const withoutFolders = (message: string, folders: readonly string[]): string =>
  folders.reduce((text, folder) => text.replaceAll(`${folder}/`, ''), message);

/**
 * The checker may read the named files and no others, whatever the sources refer to: otherwise it could quote a file of
 * the machine in a message about a deliverable.
 */
function tsconfig(root: string, { packages }: Assignment, files: readonly string[]): object {
  return {
    compilerOptions: {
      ...CHECKED_WITH,
      types: [],
      noResolve: true,
      paths: Object.fromEntries([...libraryEntries(root, packages)].map(([name, path]) => [name, [path]])),
    },
    files,
  };
}
