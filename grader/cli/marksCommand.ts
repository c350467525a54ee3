import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { worthOf } from '../common/round.ts';
import { countAgain } from '../course/countAgain.ts';
import { renewAfterSaving } from '../course/renewStaleReports.ts';
import { settleTeam } from '../course/settleTeam.ts';
import { attemptCalled } from '../gradebook/store/attemptCalled.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { addEntry, countingEntries, entriesOf, type Entry, NOTHING_GIVEN } from '../gradebook/store/entries.ts';
import { pseudonymOf } from '../gradebook/store/people.ts';
import { countingTeams, namesOf, type TeamAttempts, teamsFor } from '../gradebook/store/teams.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { csvForExcel } from '../report/text/csv.ts';
import { count } from '../report/text/numbers.ts';
import { printableLine } from '../report/text/printable.ts';
import { criterionOf, noteOf, placeOf, pointsUpTo, requirePlace } from '../course/entryChecks.ts';
import { noteAndName } from './giveAndPrint.ts';
import { MARK_COLUMNS, type MarkRow, readMarkRows } from './readMarkRows.ts';
import { classPagesNote } from './classPagesNote.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';

interface MarksArguments {
  readonly assignment: string;
  readonly template: string | undefined;
  readonly read: string | undefined;
  readonly by: string | undefined;
  readonly anonymous: boolean;
  readonly gradebook: string | undefined;
}

/** `grade marks <assignment>`: points, deductions and comments of a whole class as a CSV file. */
export const marksCommand = (root: string): CommandModule<object, MarksArguments> => ({
  command: 'marks <assignment>',
  describe: 'Points, deductions and comments of a whole class: write a CSV template, read it filled in',
  builder: ((cli: Argv) =>
    cli
      .positional('assignment', { type: 'string', demandOption: true, describe: 'The assignment’s id' })
      .option('template', {
        type: 'string',
        describe: 'CSV file to write: a row for each student and manual criterion',
      })
      .option('read', { type: 'string', describe: 'The file filled in; rows without points and note are skipped' })
      .option('by', { type: 'string', describe: 'Who gives them; your git user.name, or else your login name' })
      .option('anonymous', {
        type: 'boolean',
        default: false,
        describe: 'Pseudonyms instead of names; the key says who',
      })
      .option('gradebook', GRADEBOOK_OPTION)
      .example('$0 marks conv2d-gemm --template marks.csv', '')
      .example('$0 marks conv2d-gemm --read marks.csv', 'all rows or, if one is wrong, none')
      .epilogue(
        'kind: points (of a criterion), deduction (from a criterion, or the total) or comment (also at src/File.ts:42).\n' +
          'Rows may be added; without a key, the student is found by id, address or name.',
      )) as CommandModule<object, MarksArguments>['builder'] & object,
  handler: async (given) => {
    if ((given.template === undefined) === (given.read === undefined))
      throw new UsageError('marks: choose --template FILE or --read FILE');
    const work = async (book: CourseGradebook) => {
      const assignment = findAssignment(root, given.assignment);
      if (given.template !== undefined) await writeTemplate(book, assignment, given.template, given.anonymous);
      else await readMarks(book, assignment, given.read!, noteAndName({ note: 'marks', by: given.by }).by);
    };
    await withKnownGradebook(given.gradebook, work, given.template === undefined ? 'change' : 'read');
  },
});

async function writeTemplate(
  book: CourseGradebook,
  assignment: Assignment,
  path: string,
  anonymous: boolean,
): Promise<void> {
  await requireWritable([path]);
  const teams = await book.read((db) => countingTeams(db, assignment.id));
  const manual = criteriaOf(assignment).filter(({ kind }) => kind === 'manual');
  const rows = [];
  const shownOf = ({ students }: TeamAttempts) =>
    anonymous ? students.map(({ id }) => pseudonymOf(id)).join(', ') : namesOf({ students });
  // The order of the names would say whose a pseudonym is.
  const ordered = anonymous ? teams.toSorted((a, b) => (shownOf(a) < shownOf(b) ? -1 : 1)) : teams;
  for (const each of ordered) {
    const counting = countingEntries(await book.read((db) => entriesOf(db, assignment.id, each.team)));
    for (const { id, points: most } of manual) {
      const given = counting.find(({ kind, criterion }) => kind === 'points' && criterion === id);
      rows.push([each.team, shownOf(each), 'points', id, '', most, given?.points ?? '', given?.note ?? '']);
    }
  }
  await writeWhole(path, csvForExcel([[...MARK_COLUMNS], ...rows]));
  process.stdout.write(`Saved ${printableLine(path)}: ${count(rows.length, 'row')}\n`);
}

/** What a template puts before a text that a spreadsheet would take for a formula. */
const GUARD = /^'(?=[=+\-@])/u;

/** `3,5`, as spreadsheets of some languages write it. */
const withPoint = (text: string): string => text.replace(/^(\d+),(\d+)$/u, '$1.$2');

interface Mark {
  readonly team: string;
  readonly digest: string;
  readonly entry: Pick<Entry, 'kind' | 'criterion' | 'file' | 'line' | 'points' | 'note'>;
}

async function readMarks(book: CourseGradebook, assignment: Assignment, path: string, by: string): Promise<void> {
  const { teams } = await book.read((db) => teamsFor(db, assignment.id));
  const byKey = new Map(teams.map((each) => [each.team, each]));
  const marks: Mark[] = [];
  for (const { row, line } of readMarkRows(path)) {
    if (row.points.trim() === '' && row.note.trim() === '') continue;
    try {
      marks.push(await markOf(book, assignment, byKey, row));
    } catch (error) {
      throw error instanceof UsageError ? new UsageError(`${path}:${line}: ${error.message}`) : error;
    }
  }
  const changed = await book.write(async (db) => {
    const added: Mark[] = [];
    for (const mark of marks) {
      const { team, digest, entry } = mark;
      const known = countingEntries(await entriesOf(db, assignment.id, team));
      if (known.some((each) => isSame(each, entry, by))) continue;
      await addEntry(db, assignment.id, team, { ...entry, by, digest });
      added.push(mark);
    }
    for (const team of teamsOf(added)) await countAgain(db, assignment, team);
    return added;
  });
  const marked = teamsOf(changed);
  await renewAfterSaving(async () => {
    for (const team of marked) await settleTeam(book, assignment, team);
  });
  process.stdout.write(
    marks.length === 0
      ? '0 marks recorded: no row has points or a note\n'
      : `${count(changed.length, 'mark')} recorded, ${marks.length - changed.length} known before\n${await classPagesNote(book, assignment.id, marked)}`,
  );
}

const teamsOf = (marks: readonly Mark[]): string[] => [...new Set(marks.map(({ team }) => team))];

/** A file that is read twice adds nothing; a template that holds somebody else's points does not make them one's own. */
function isSame(known: Entry, { kind, criterion, file, line, points, note }: Mark['entry'], by: string): boolean {
  const isThat = known.kind === kind && known.criterion === criterion && known.points === points && known.note === note;
  return isThat && (kind !== 'comment' || (known.file === file && known.line === line && known.by === by));
}

async function markOf(
  book: CourseGradebook,
  assignment: Assignment,
  byKey: ReadonlyMap<string, TeamAttempts>,
  row: MarkRow,
): Promise<Mark> {
  const { team, digest } = await workOf(book, assignment, byKey, row);
  const criterion = row.criterion === '' ? undefined : criterionOf(assignment, row.criterion);
  const kind = row.kind === '' ? 'points' : row.kind;
  const note = noteOf(row.note.replace(GUARD, ''));
  const entry = { ...NOTHING_GIVEN, kind, criterion: criterion?.id ?? '', note };
  if (kind === 'comment') {
    const place = row.at === '' ? {} : placeOf(assignment, row.at);
    await requirePlace(book, digest, place);
    return { team, digest, entry: { ...entry, ...place } };
  }
  if (kind === 'points' && !criterion) throw new UsageError('criterion: name the criterion whose points these are');
  const most = criterion?.points ?? worthOf(criteriaOf(assignment));
  return {
    team,
    digest,
    entry: { ...entry, points: pointsUpTo(most, withPoint(row.points.trim()), criterion?.id ?? 'the total') },
  };
}

async function workOf(
  book: CourseGradebook,
  assignment: Assignment,
  byKey: ReadonlyMap<string, TeamAttempts>,
  { key, student }: MarkRow,
): Promise<{ team: string; digest: string }> {
  if (key === '') return book.read((db) => attemptCalled(db, student, assignment.id));
  const known = byKey.get(key);
  if (!known) throw new UsageError(`key ${key}: no team of ${assignment.id} in the gradebook`);
  return { team: known.team, digest: known.counting.digest };
}
