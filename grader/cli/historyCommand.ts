import type { Argv, CommandModule } from 'yargs';
import { shownPerson } from '../gradebook/store/attemptCalled.ts';
import { courseZones, type ZoneOf } from '../gradebook/store/courseDeadline.ts';
import { type HistoryEvent, historyOf } from '../gradebook/store/history.ts';
import { controlsEscaped } from '../report/json/controlsEscaped.ts';
import { printableLine } from '../report/text/printable.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';
import { personOfArgument, WHO } from './ofArgument.ts';
import { minuteOf } from '../report/text/minuteOf.ts';

interface HistoryArguments {
  readonly student: string;
  readonly gradebook: string | undefined;
  readonly json: boolean;
}

/** `grade history <student>`: everything that happened to a student's work. */
export const historyCommand: CommandModule<object, HistoryArguments> = {
  command: 'history <student>',
  describe: 'Show every attempt, grading and decision of a student, with who made it and when',
  builder: ((cli: Argv) =>
    cli
      .positional('student', { type: 'string', demandOption: true, describe: WHO })
      .option('gradebook', GRADEBOOK_OPTION)
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('$0 history ada@example.org', '')) as CommandModule<object, HistoryArguments>['builder'] & object,
  handler: ({ student, gradebook, json }) =>
    withKnownGradebook(
      gradebook,
      async (book) => {
        const person = await book.read((db) => personOfArgument(db, book, String(student)));
        const events = await book.read((db) => historyOf(db, person.id));
        const zoneOf = await book.read(courseZones);
        const { id: _, ...shown } = person;
        process.stdout.write(
          json
            ? `${controlsEscaped(JSON.stringify({ student: shown, events }, undefined, 2))}\n`
            : [printableLine(shownPerson(person)), ...events.map((event) => lineOf(event, zoneOf)), ''].join('\n'),
        );
      },
      'read',
    ),
};

const lineOf = ({ at, assignment, what, detail, by }: HistoryEvent, zoneOf: ZoneOf): string =>
  printableLine(
    `${minuteOf(at, zoneOf(assignment))}  ${assignment}  ${what}: ${detail}${by === '' ? '' : `, by ${by}`}`,
  );
