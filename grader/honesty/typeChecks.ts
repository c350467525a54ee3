import { checkTypes } from '../compile/checkTypes.ts';
import { findToolchain } from '../compile/findToolchain.ts';
import { mergeFiles, ownDeliverables } from '../compile/mergeFiles.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Check } from './Check.ts';

/** The type checker reports nothing about what an author wrote. */
export const typeChecks = (root: string, assignment: Assignment, sandbox: Sandbox): Check[] =>
  (['reference', 'skeleton'] as const).map((room) => ({
    group: room,
    name: `the ${room}’s sources have no type errors`,
    run: () => typeErrors(root, assignment, sandbox, room),
  }));

async function typeErrors(
  root: string,
  assignment: Assignment,
  sandbox: Sandbox,
  room: 'reference' | 'skeleton',
): Promise<string[]> {
  const workspace = mergeFiles(assignment, ownDeliverables(assignment, assignment.folders[room]));
  const errors = await checkTypes(findToolchain(root, sandbox), assignment, workspace, [...workspace.keys()]);
  return errors.map(({ path, line, message }) => `${path}:${line} ${message}`);
}
