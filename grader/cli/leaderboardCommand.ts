import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { supersededScores } from '../gradebook/store/published.ts';
import { countingTeams, namesOf } from '../gradebook/store/teams.ts';
import { nothingHandedIn } from '../gradebook/nothingHandedIn.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import type { IsolationChoice } from '../isolation/sandboxFor.ts';
import { giveBonus, proposedAwards, takeBackBonus } from '../leaderboard/giveBonus.ts';
import type { RankedTeam } from '../leaderboard/RankedTeam.ts';
import { isRanked, type RankedAssignment } from '../leaderboard/standingsOf.ts';
import { decidePlace } from '../leaderboard/takesPlace.ts';
import { UsageError } from '../model/errors.ts';
import { some } from '../platforms/pendingNotes.ts';
import { supersededNotes } from '../platforms/supersededNotes.ts';
import { controlsEscaped } from '../report/json/controlsEscaped.ts';
import { renderLeaderboard } from '../report/leaderboard/renderLeaderboard.ts';
import { LEADERBOARD_FILES, saveLeaderboard } from '../report/leaderboard/saveLeaderboard.ts';
import { count, points } from '../report/text/numbers.ts';
import { printableLine } from '../report/text/printable.ts';
import { classPagesNote } from './classPagesNote.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';
import { knownPlaces, measuredPlaces, shownPlaces } from './measuredPlaces.ts';
import { chosenCount, interruption, INTERRUPTED, ISOLATION_OPTION } from './options.ts';
import { ownName } from './ownName.ts';
import { savedLines } from './savedLines.ts';
import { terminalWidthAndColour } from './screen.ts';

interface LeaderboardArguments {
  readonly assignment: string;
  readonly gradebook: string | undefined;
  readonly apply: boolean;
  readonly neverLower: boolean;
  readonly althoughOpen: boolean;
  readonly undo: boolean;
  readonly without: string | undefined;
  readonly with: string | undefined;
  readonly note: string | undefined;
  readonly by: string | undefined;
  readonly jobs: string | undefined;
  readonly isolation: IsolationChoice;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** `grade leaderboard <assignment>`: the places of a class, and the bonus for the best. */
export const leaderboardCommand = (root: string): CommandModule<object, LeaderboardArguments> => ({
  command: 'leaderboard <assignment>',
  describe: 'Show the places of a class by a measured value, and give the bonus for the best',
  builder: options as CommandModule<object, LeaderboardArguments>['builder'] & object,
  handler: (given) => withKnownGradebook(given.gradebook, (book) => run(root, book, given)),
});

const options = (cli: Argv) =>
  cli
    .positional('assignment', { type: 'string', demandOption: true, describe: 'The assignment’s id' })
    .option('gradebook', GRADEBOOK_OPTION)
    .option('apply', { type: 'boolean', default: false, describe: 'Give the bonus by the places as they are now' })
    .option('never-lower', {
      type: 'boolean',
      default: false,
      describe: 'With --apply: lower no bonus that was given before',
    })
    .option('although-open', {
      type: 'boolean',
      default: false,
      describe: 'With --apply: also if some work could not be measured; --apply later gives what is due then',
    })
    .option('undo', { type: 'boolean', default: false, describe: 'Take back what was given last' })
    .option('without', {
      type: 'string',
      describe: 'A student whose work takes no place: it is copied, or its team has left; needs --note',
    })
    .option('with', { type: 'string', describe: 'A student whose work takes part again; needs --note' })
    .option('note', { type: 'string', describe: 'Why, for --without and --with' })
    .option('by', { type: 'string', describe: 'Who gives it; your git user.name, or else your login name' })
    .option('jobs', {
      alias: 'j',
      type: 'string',
      defaultDescription: String(availableParallelism()),
      describe: 'Submissions that are measured at a time',
    })
    .option('isolation', ISOLATION_OPTION)
    .option('json', { type: 'boolean', default: false, describe: 'Print what everybody may see as JSON' })
    .option('out', {
      alias: 'o',
      type: 'string',
      describe: 'Folder for leaderboard.html, .csv and .json for everybody, and leaderboard-names.csv: who is who',
    })
    .example('$0 leaderboard cifar-nets', 'places with names; nothing changes')
    .example('$0 leaderboard cifar-nets --out board', 'board/leaderboard.html has pseudonyms only')
    .example('$0 leaderboard cifar-nets --apply --never-lower', 'gives the bonus, and lowers none')
    .example(
      '$0 leaderboard cifar-nets --without ada --note "copied"',
      'its place is free; --apply gives the bonus anew',
    )
    .example('$0 leaderboard cifar-nets --undo', '')
    .epilogue('A bonus stays as it was given when others hand in later, until --apply gives it anew.');

async function run(root: string, book: CourseGradebook, given: LeaderboardArguments): Promise<void> {
  const assignment = findAssignment(root, given.assignment);
  if (!isRanked(assignment))
    throw new UsageError(`${assignment.id} has no leaderboard: its assignment.yaml does not declare one`);
  const by = printableLine(given.by ?? ownName()).trim();
  requireSense(given, by);
  if ((await book.read((db) => countingTeams(db, assignment.id))).length === 0) throw nothingHandedIn(assignment.id);
  if (given.undo) return takeBack(book, assignment, by);
  await decide(book, assignment, given, by);
  const jobs = chosenCount('jobs', given.jobs) ?? availableParallelism();
  if (given.out !== undefined) await requireWritable(LEADERBOARD_FILES.map((name) => join(given.out!, name)));
  const signal = interruption();
  const places = { root, book, assignment, jobs, isolation: given.isolation, signal, note };
  const teams = await measuredPlaces(places);
  if (signal.aborted) {
    note('interrupted; no bonus was changed, run the same command again to continue');
    process.exitCode = INTERRUPTED;
    return;
  }
  const changed = given.apply ? await give(book, assignment, teams, given, by) : undefined;
  await show(book, assignment, changed ? await knownPlaces(places) : teams, given);
  if (changed) await reportChange(book, assignment, changed, given.json);
  else if (proposedAwards(assignment.leaderboard, teams).length > 0) note('no bonus was changed; --apply gives it');
}

const note = (line: string): void => void process.stderr.write(`grade: ${printableLine(line)}\n`);

function requireSense(given: LeaderboardArguments, by: string): void {
  const { apply, neverLower, althoughOpen } = given;
  if (by === '') throw new UsageError('--by: say who gives the bonus');
  const chosen = (['apply', 'undo', 'without', 'with'] as const).filter((name) => given[name]);
  if (chosen.length > 1) throw new UsageError(`choose one of ${chosen.map((name) => `--${name}`).join(' and ')}`);
  const decided = chosen.find((name) => name === 'without' || name === 'with');
  if (decided !== undefined && (given.note ?? '').trim() === '')
    throw new UsageError(`--${decided}: say briefly why, with --note`);
  if (decided === undefined && given.note !== undefined) throw new UsageError('--note is for --without and --with');
  if (neverLower && !apply) throw new UsageError('--never-lower is for --apply');
  if (althoughOpen && !apply) throw new UsageError('--although-open is for --apply');
}

/** Records that some work takes no place, or takes part again, if that is asked for. */
async function decide(
  book: CourseGradebook,
  assignment: RankedAssignment,
  { without, with: again, note: why = '' }: LeaderboardArguments,
  by: string,
): Promise<void> {
  const student = without ?? again;
  if (student === undefined) return;
  await decidePlace(book, assignment, student, { takes: without === undefined, note: printableLine(why).trim(), by });
}

/**
 * Gives the bonus by these places.
 *
 * @returns the teams whose bonus has changed
 * @throws UsageError if some work is not measured, unless that was allowed
 */
async function give(
  book: CourseGradebook,
  assignment: RankedAssignment,
  teams: readonly RankedTeam[],
  { neverLower, althoughOpen }: LeaderboardArguments,
  by: string,
): Promise<string[]> {
  const open = teams.filter((each) => each.open !== '').map(({ team, open: why }) => `${namesOf(team)} (${why})`);
  if (open.length > 0 && !althoughOpen)
    throw new UsageError(
      `not measured yet: ${some(open)}; measure them by the same command without --apply, or give the bonus --although-open`,
    );
  const awards = proposedAwards(assignment.leaderboard, teams).filter(
    ({ before, after }) => !neverLower || after > before,
  );
  await giveBonus(book, assignment, awards, by);
  return awards.map(({ team }) => team);
}

async function show(
  book: CourseGradebook,
  assignment: RankedAssignment,
  teams: readonly RankedTeam[],
  { json, out }: LeaderboardArguments,
): Promise<void> {
  const { board, named } = await shownPlaces(book, assignment, teams);
  for (const { team, place, deduction } of teams)
    if (place !== undefined && deduction)
      note(
        `${namesOf(team)}: ${points(deduction.points)} deducted (${deduction.note}), and it keeps place ${place}; --without takes it`,
      );
  const style = terminalWidthAndColour(process.stdout);
  process.stdout.write(
    json ? `${controlsEscaped(JSON.stringify(board))}\n` : renderLeaderboard(assignment.leaderboard, named, style),
  );
  if (out === undefined) return;
  const saved = savedLines(await saveLeaderboard(board, named, out), style.width);
  (json ? process.stderr : process.stdout).write(saved);
}

async function reportChange(
  book: CourseGradebook,
  { id }: RankedAssignment,
  teams: readonly string[],
  isJson: boolean,
): Promise<void> {
  const lines =
    teams.length === 0
      ? 'No bonus changes\n'
      : `Changed ${count(teams.length, 'bonus', 'bonuses')}; grade leaderboard ${id} --undo takes it back\n${await classPagesNote(book, id, teams)}`;
  (isJson ? process.stderr : process.stdout).write(lines);
  supersededNotes(await book.read((db) => supersededScores(db, id)), id).forEach(note);
}

async function takeBack(book: CourseGradebook, assignment: RankedAssignment, by: string): Promise<void> {
  const teams = await takeBackBonus(book, assignment, by);
  process.stdout.write(
    `Took back ${count(teams.length, 'bonus', 'bonuses')}\n${await classPagesNote(book, assignment.id, teams)}`,
  );
  supersededNotes(await book.read((db) => supersededScores(db, assignment.id)), assignment.id).forEach(note);
}
