import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { settleTeam } from '../course/settleTeam.ts';
import { shownPerson } from '../gradebook/store/attemptCalled.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { joinStudents } from '../gradebook/store/joinStudents.ts';
import { markStale } from '../gradebook/store/staleReports.ts';
import { printableLine } from '../report/text/printable.ts';
import { noteAndName } from './giveAndPrint.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';
import { personOfArgument, WHO } from './ofArgument.ts';

interface JoinArguments {
  readonly student: string;
  readonly other: string;
  readonly by: string | undefined;
  readonly gradebook: string | undefined;
}

/** `grade join <student> <other>`: makes one student of two. */
export const joinCommand = (root: string): CommandModule<object, JoinArguments> => ({
  command: 'join <student> <other>',
  describe: 'Make one student of two in the gradebook who are one person; nothing of either is lost',
  builder: ((cli: Argv) =>
    cli
      .positional('student', { type: 'string', demandOption: true, describe: WHO })
      .positional('other', {
        type: 'string',
        demandOption: true,
        describe: 'The same; this name means the first from now on',
      })
      .option('by', { type: 'string', describe: 'Who says so; your git user.name, or else your login name' })
      .option('gradebook', GRADEBOOK_OPTION)
      .example('$0 join 0012345 ada@private.example', 'two addresses of one student')
      .example('$0 join 0012345 "reports/hw1/Mia_Kim"', 'whose work this report is of')
      .epilogue('It cannot be undone: two ids of one system are refused, but make sure.')) as CommandModule<
    object,
    JoinArguments
  >['builder'] &
    object,
  handler: (given) => withKnownGradebook(given.gradebook, (book) => join(root, book, given)),
});

async function join(root: string, book: CourseGradebook, given: JoinArguments): Promise<void> {
  const { by } = noteAndName({ note: 'join', by: given.by });
  const { student, other, changed } = await book.write(async (db) => {
    const [student, other] = [
      await personOfArgument(db, book, given.student),
      await personOfArgument(db, book, given.other),
    ];
    const teams = await joinStudents(db, student, other, by);
    const handedIn = await db.selectFrom('attempts').select(['assignment', 'team']).distinct().execute();
    const changed = handedIn.filter(({ team }) => teams.includes(team));
    for (const { assignment, team } of changed) await markStale(db, assignment, team);
    return { student, other, changed };
  });
  for (const { assignment, team } of changed) await settleTeam(book, findAssignment(root, assignment), team);
  process.stdout.write(
    `${printableLine(`${shownPerson(other)} is ${shownPerson(student)} from now on`)}\nSaved in ${printableLine(book.shown)}\n`,
  );
}
