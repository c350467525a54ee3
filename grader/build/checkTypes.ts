import type { Workspace } from '../merge/mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { CHECKED_WITH } from '../model/compilerOptions.ts';
import { join } from 'node:path';
import { runCompiler } from './runCompiler.ts';
import { inTemporaryFolder } from './staging.ts';
import { libraryEntry, type Toolchain } from './toolchain.ts';

export interface TypeWarning {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

const DIAGNOSTIC = /^(?<path>[^\s(][^(\n]*)\((?<line>\d+),\d+\): error (?<message>TS\d+: .*)$/gmu;
const MAX_WARNINGS = 20;

/**
 * The TypeScript checker's words on the deliverables. They inform and never cost a point: what counts is what the code does.
 * A check that does not end in its time is left out with a warning that says so.
 */
export async function checkTypes(
  toolchain: Toolchain,
  assignment: Assignment,
  workspace: Workspace,
): Promise<TypeWarning[]> {
  const files = new Map([...workspace, ['tsconfig.json', JSON.stringify(tsconfig(toolchain.root, assignment))]]);
  return inTemporaryFolder(toolchain.sandbox, files, async (folder) => {
    const args = ['-p', '.', '--pretty', 'false'];
    const { code, stdout } = await runCompiler(toolchain, toolchain.tsc, args, folder, assignment);
    if (code === undefined)
      return [{ path: assignment.entry, line: 0, message: 'types were not checked: the check did not end in time' }];
    const deliverables = new Set(assignment.deliverables.map(({ path }) => path));
    return [...stdout.matchAll(DIAGNOSTIC)]
      .map(({ groups }) => ({ path: groups!['path'], line: Number(groups!['line']), message: groups!['message'] }))
      .filter(({ path }) => deliverables.has(path))
      .slice(0, MAX_WARNINGS);
  });
}

function tsconfig(root: string, assignment: Assignment): object {
  return {
    compilerOptions: {
      ...CHECKED_WITH,
      types: [],
      paths: {
        ...Object.fromEntries(assignment.packages.map((name) => [name, [libraryEntry(root, name)]])),
        // The library's own dependencies, which a workspace outside the repository would not find.
        '*': [join(root, 'node_modules/*')],
      },
    },
    files: [assignment.entry],
  };
}
