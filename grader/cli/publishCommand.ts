import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { publishScores } from '../course/publishScores.ts';
import { nothingHandedIn } from '../gradebook/nothingHandedIn.ts';
import { countingTeams } from '../gradebook/store/teams.ts';
import { count } from '../report/text/numbers.ts';
import { printableLine } from '../report/text/printable.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';
import { ownName } from './ownName.ts';

interface PublishArguments {
  readonly assignment: string;
  readonly gradebook: string | undefined;
  readonly by: string | undefined;
}

/** `grade publish <assignment>`: records that the students know their scores. */
export const publishCommand = (root: string): CommandModule<object, PublishArguments> => ({
  command: 'publish <assignment>',
  describe: 'Record that the students know their scores: from now on only grade regrade --apply changes them',
  builder: ((cli: Argv) =>
    cli
      .positional('assignment', { type: 'string', demandOption: true, describe: 'The assignment’s id' })
      .option('gradebook', GRADEBOOK_OPTION)
      .option('by', { type: 'string', describe: 'Who publishes; your git user.name, or else your login name' })
      .example('$0 publish conv2d-gemm', '')) as CommandModule<object, PublishArguments>['builder'] & object,
  handler: ({ assignment, gradebook, by = ownName() }) =>
    withKnownGradebook(gradebook, async (book) => {
      const works = await book.read((db) => countingTeams(db, assignment));
      if (works.length === 0) throw nothingHandedIn(assignment);
      const published = await publishScores(book, findAssignment(root, assignment), printableLine(by));
      process.stdout.write(`Published ${count(published, 'new or changed score')} of ${printableLine(assignment)}\n`);
    }),
});
