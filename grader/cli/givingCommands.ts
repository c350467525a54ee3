import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { allPoints, criterionOf, placeOf, pointsUpTo, requirePlace } from '../course/entryChecks.ts';
import { type Entry, NOTHING_GIVEN } from '../gradebook/store/entries.ts';
import type { Assignment } from '../model/assignment.ts';
import { points as shown } from '../report/text/numbers.ts';
import { giveAndPrint, noteAndName } from './giveAndPrint.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';
import { attemptOfArgument, WHO } from './ofArgument.ts';

interface GivingArguments {
  readonly student: string;
  readonly by: string | undefined;
  readonly assignment: string | undefined;
  readonly gradebook: string | undefined;
}

type Given = Pick<Entry, 'kind' | 'note' | 'by'> & Partial<Pick<Entry, 'criterion' | 'file' | 'line' | 'points'>>;

const STUDENT = {
  type: 'string',
  demandOption: true,
  describe: WHO,
} as const;

const OPTIONS = {
  by: { type: 'string', describe: 'Who gives it; your git user.name, or else your login name' },
  assignment: { alias: 'a', type: 'string', describe: 'Which assignment, if the student handed in several' },
  gradebook: GRADEBOOK_OPTION,
} as const;

const NOTE = { type: 'string', demandOption: true, describe: 'Why; the student sees it' } as const;

const KEPT =
  'Whatever is given is kept with who gave it and when, survives every grading, and is in every form of the report.\n' +
  'The last one counts. grade history shows all.';

/** Records what is given to the attempt of a student that counts. */
async function give(
  root: string,
  { student, assignment: id, gradebook }: GivingArguments,
  entryFor: (assignment: Assignment) => { readonly entry: Given; readonly what: string },
): Promise<void> {
  await withKnownGradebook(gradebook, async (book) => {
    const attempt = await attemptOfArgument(book, student, id);
    const assignment = findAssignment(root, attempt.assignment);
    const { entry, what } = entryFor(assignment);
    await requirePlace(book, attempt.digest, entry);
    const given = { ...NOTHING_GIVEN, ...entry, digest: attempt.digest };
    await giveAndPrint(book, assignment, attempt, given, `${what}, by ${entry.by}`);
  });
}

type OverrideArguments = GivingArguments & {
  readonly criterion: string;
  readonly points: string;
  readonly note: string;
};

/** `grade override <student> <criterion> <points>`: replaces the points of a criterion. */
export const overrideCommand = (root: string): CommandModule<object, OverrideArguments> => ({
  command: 'override <student> <criterion> <points>',
  describe: 'Replace the points that the grader gave for a criterion, with a reason',
  builder: ((cli: Argv) =>
    cli
      .positional('student', STUDENT)
      .positional('criterion', { type: 'string', demandOption: true, describe: 'The criterion’s id' })
      .positional('points', { type: 'string', demandOption: true, describe: 'From 0 to what the criterion is worth' })
      .option('note', NOTE)
      .options(OPTIONS)
      .example('$0 override 0012345 im2mat.padding 3 --note "right, in another order"', '')
      .epilogue(KEPT)) as CommandModule<object, OverrideArguments>['builder'] & object,
  handler: (given) =>
    give(root, given, (assignment) => {
      const { id, points: most } = criterionOf(assignment, given.criterion);
      const points = pointsUpTo(most, given.points, id);
      const entry = { kind: 'points', criterion: id, points, ...noteAndName(given) } as const;
      return { entry, what: `${id}: ${shown(points)} of ${shown(most)}` };
    }),
});

type DeductArguments = GivingArguments & {
  readonly points: string;
  readonly criterion: string | undefined;
  readonly note: string;
};

/** `grade deduct <student> <points>`: takes points from the total or from a criterion. */
export const deductCommand = (root: string): CommandModule<object, DeductArguments> => ({
  command: 'deduct <student> <points>',
  describe:
    'Deduct points from the total or a criterion, with a reason; a second deduction replaces the first, 0 takes it back',
  builder: ((cli: Argv) =>
    cli
      .positional('student', STUDENT)
      .positional('points', { type: 'string', demandOption: true, describe: 'How many points' })
      .option('criterion', { type: 'string', describe: 'From this criterion; from the total if left out' })
      .option('note', NOTE)
      .options(OPTIONS)
      .example('$0 deduct ada 5 --note "no list of sources"', '')
      .example(
        '$0 deduct ada 6 --note "no list of sources, wrong format"',
        'both: the earlier deduction does not count',
      )
      .epilogue(KEPT)) as CommandModule<object, DeductArguments>['builder'] & object,
  handler: (given) =>
    give(root, given, (assignment) => {
      const criterion = given.criterion === undefined ? undefined : criterionOf(assignment, given.criterion);
      const about = criterion?.id ?? 'the total';
      const points = pointsUpTo(criterion?.points ?? allPoints(assignment), given.points, about);
      const entry = { kind: 'deduction', criterion: criterion?.id ?? '', points, ...noteAndName(given) } as const;
      return { entry, what: `${shown(points)} deducted from ${about}` };
    }),
});

type CommentArguments = GivingArguments & {
  readonly text: string;
  readonly criterion: string | undefined;
  readonly at: string | undefined;
};

/** `grade comment <student> <text>`: says something about the work, a criterion or a line. */
export const commentCommand = (root: string): CommandModule<object, CommentArguments> => ({
  command: 'comment <student> <text>',
  describe: 'Comment on the work, a criterion or a line of a deliverable; an empty text takes it back',
  builder: ((cli: Argv) =>
    cli
      .positional('student', STUDENT)
      .positional('text', { type: 'string', demandOption: true, describe: 'What the student should read' })
      .option('criterion', { type: 'string', describe: 'About this criterion' })
      .option('at', { type: 'string', describe: 'About a file or a line of it: src/Im2MatLayer.ts:42' })
      .options(OPTIONS)
      .example('$0 comment ada "Clear and short." --criterion question3.motivation', '')
      .example('$0 comment ada "This allocates in every call." --at src/Im2MatLayer.ts:42', '')
      .epilogue(KEPT)) as CommandModule<object, CommentArguments>['builder'] & object,
  handler: (given) =>
    give(root, given, (assignment) => {
      const criterion = given.criterion === undefined ? '' : criterionOf(assignment, given.criterion).id;
      const { file, line } = given.at === undefined ? { file: '', line: 0 } : placeOf(assignment, given.at);
      const { by } = noteAndName({ note: 'comment', by: given.by });
      const place = [criterion, given.at].filter(Boolean).join(' ') || 'the whole work';
      const what = given.text.trim() === '' ? `comment on ${place} taken back` : `comment on ${place}`;
      return { entry: { kind: 'comment', criterion, file, line, note: given.text.trim(), by }, what };
    }),
});
