import type { Argv, CommandModule } from 'yargs';
import { assignmentIds, findAssignment } from '../assignments/findAssignments.ts';
import { summarise } from '../assignments/summarise.ts';
import { renderAssignments } from '../report/terminal/renderAssignments.ts';
import { terminalWidthAndColour } from './screen.ts';

/** `grade assignments`: what students hand in, and what it is worth. */
export const assignmentsCommand = (root: string): CommandModule<object, { readonly json: boolean }> => ({
  command: 'assignments',
  describe: 'List the assignments with their deliverables and points',
  builder: ((cli: Argv) =>
    cli
      .option('json', { type: 'boolean', default: false, describe: 'Print them as JSON only' })
      .example('$0 assignments', 'list the assignments')) as CommandModule<object, { json: boolean }>['builder'] &
    object,
  handler: ({ json }) => {
    const all = assignmentIds(root).map((id) => summarise(findAssignment(root, id)));
    process.stdout.write(
      json ? `${JSON.stringify(all, undefined, 2)}\n` : renderAssignments(all, terminalWidthAndColour(process.stdout)),
    );
  },
});
