import { availableParallelism } from 'node:os';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { applyRegrading, changes, isLower, undoRegrading } from '../course/applyRegrading.ts';
import { criterionOf } from '../course/entryChecks.ts';
import type { Regraded } from '../course/regrade.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import type { IsolationChoice } from '../isolation/sandboxFor.ts';
import type { Assignment } from '../model/assignment.ts';
import { EXIT, UsageError } from '../model/errors.ts';
import type { Proposal } from '../model/proposal.ts';
import { proposalHtml, proposalText } from '../report/gradebook/proposalForms.ts';
import { controlsEscaped } from '../report/json/controlsEscaped.ts';
import { count } from '../report/text/numbers.ts';
import { printableLine } from '../report/text/printable.ts';
import { classPagesNote } from './classPagesNote.ts';
import { graderFailedAt } from './graderFailedAt.ts';
import { gradeAnew } from './gradeAnew.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';
import { chosenCount, chosenSeed, interruption, INTERRUPTED, ISOLATION_OPTION } from './options.ts';
import { ownName } from './ownName.ts';

interface RegradeArguments {
  readonly assignment: string;
  readonly gradebook: string | undefined;
  readonly apply: boolean;
  readonly neverLower: boolean;
  readonly only: string[] | undefined;
  readonly undo: boolean;
  readonly seed: string | undefined;
  readonly jobs: string | undefined;
  readonly isolation: IsolationChoice;
  readonly by: string | undefined;
  readonly json: boolean;
  readonly html: string | undefined;
}

/** `grade regrade <assignment>`: what grading anew would change, and that change. */
export const regradeCommand = (root: string): CommandModule<object, RegradeArguments> => ({
  command: 'regrade <assignment>',
  describe: 'Grade again what was graded before the assignment or the grader changed; show the difference, or apply it',
  builder: options as CommandModule<object, RegradeArguments>['builder'] & object,
  handler: (given) => withKnownGradebook(given.gradebook, (book) => run(root, book, given)),
});

const options = (cli: Argv) =>
  cli
    .positional('assignment', { type: 'string', demandOption: true, describe: 'The assignment’s id' })
    .option('gradebook', GRADEBOOK_OPTION)
    .option('apply', { type: 'boolean', default: false, describe: 'Make the new scores count' })
    .option('never-lower', {
      type: 'boolean',
      default: false,
      describe: 'With --apply: keep the old score if it is better',
    })
    .option('only', {
      type: 'string',
      array: true,
      describe: 'With --apply: only the attempts whose points for one of these criteria change',
    })
    .option('undo', { type: 'boolean', default: false, describe: 'Take back what was applied last' })
    .option('seed', {
      type: 'string',
      describe: 'Examine on other inputs; those of each student’s grading if left out',
    })
    .option('jobs', {
      alias: 'j',
      type: 'string',
      defaultDescription: String(availableParallelism()),
      describe: 'Submissions at a time',
    })
    .option('isolation', ISOLATION_OPTION)
    .option('by', { type: 'string', describe: 'Who decides; your git user.name, or else your login name' })
    .option('json', { type: 'boolean', default: false, describe: 'Print the proposal as JSON' })
    .option('html', { type: 'string', describe: 'Also write the proposal as a page' })
    .example('$0 regrade conv2d-gemm', 'who would gain and who would lose, and why; nothing changes')
    .example('$0 regrade conv2d-gemm --apply --never-lower', 'nobody loses')
    .example('$0 regrade conv2d-gemm --apply --only mat2im.stride', 'those whose points for it change')
    .example('$0 regrade conv2d-gemm --undo', '')
    .epilogue('What was graded for the proposal is not graded again by --apply.');

async function run(root: string, book: CourseGradebook, given: RegradeArguments): Promise<void> {
  const assignment = findAssignment(root, given.assignment);
  const by = printableLine(given.by ?? ownName()).trim();
  if (by === '') throw new UsageError('--by: say who decides');
  for (const id of given.only ?? []) criterionOf(assignment, id);
  if (given.only && !given.apply) throw new UsageError('--only is for --apply');
  if (given.neverLower && !given.apply) throw new UsageError('--never-lower is for --apply');
  if (given.undo && given.apply) throw new UsageError('choose --apply or --undo');
  if (given.undo) return undo(book, assignment, by);
  if (given.html !== undefined) await requireWritable([given.html]);
  const signal = interruption();
  const options = {
    seed: chosenSeed(given.seed),
    jobs: chosenCount('jobs', given.jobs) ?? availableParallelism(),
    isolation: given.isolation,
    note: (line: string) => process.stderr.write(`grade: ${line}\n`),
    began: (number: number, of: number, students: string) =>
      process.stderr.write(`${printableLine(`${number}/${of} ${students}`)}\n`),
  };
  const { attempts, changed, failed } = await gradeAnew(root, book, assignment, options, signal);
  if (signal.aborted) {
    process.stderr.write('grade: interrupted; nothing was changed, run the same command again to continue\n');
    process.exitCode = INTERRUPTED;
    return;
  }
  const { id, title } = assignment;
  const proposal: Proposal = { assignment: { id, title }, attempts, items: changed.map(({ item }) => item) };
  process.stdout.write(given.json ? jsonOf(proposal) : proposalText(proposal));
  if (given.html !== undefined) await writeWhole(given.html, proposalHtml(proposal));
  if (given.apply) await apply(book, assignment, chosenOf(changed, given.only), given.neverLower, by);
  else if (changed.length > 0) process.stderr.write(`grade: nothing was changed; --apply makes these scores count\n`);
  if (failed.length === 0) return;
  process.stderr.write(`grade: ${graderFailedAt(failed)}\n`);
  process.exitCode = EXIT.graderFailed;
}

const jsonOf = (proposal: Proposal): string =>
  `${controlsEscaped(JSON.stringify({ schema: 'im2grade/regrade-proposal', version: 1, ...proposal }, undefined, 2))}\n`;

const chosenOf = (changed: readonly Regraded[], only: readonly string[] | undefined): readonly Regraded[] =>
  only ? changed.filter((each) => only.some((criterion) => changes(each, criterion))) : changed;

async function apply(
  book: CourseGradebook,
  assignment: Assignment,
  changed: readonly Regraded[],
  neverLower: boolean,
  by: string,
): Promise<void> {
  if (changed.length === 0) {
    process.stdout.write('Nothing to apply\n');
    return;
  }
  const kept = changed.filter((each) => neverLower && isLower(each));
  const applied = changed.filter((each) => !kept.includes(each));
  await applyRegrading(book, assignment, { applied, kept, by });
  const left = kept.length === 0 ? '' : `, ${kept.length} kept the better score`;
  const undone = applied.length === 0 ? '' : `; grade regrade ${assignment.id} --undo takes it back`;
  const pages = await pagesNote(book, assignment, applied);
  process.stdout.write(`Applied to ${count(applied.length, 'attempt')}${left}${undone}\n${pages}`);
}

async function undo(book: CourseGradebook, assignment: Assignment, by: string): Promise<void> {
  const attempts = await undoRegrading(book, assignment, by);
  const pages = await pagesNote(book, assignment, attempts);
  process.stdout.write(`Undone for ${count(attempts.length, 'attempt')}\n${pages}`);
}

const pagesNote = (book: CourseGradebook, { id }: Assignment, of: readonly { readonly team: string }[]) =>
  classPagesNote(
    book,
    id,
    of.map(({ team }) => team),
  );
