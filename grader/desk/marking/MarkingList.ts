import { compareTexts } from '../../common/compareTexts.ts';
import { countingEntries, type Entry, entriesByTeam } from '../../gradebook/store/entries.ts';
import { pseudonymOf } from '../../gradebook/store/people.ts';
import { countingTeams, type TeamAttempts } from '../../gradebook/store/teams.ts';
import type { Assignment, Criterion } from '../../model/assignment.ts';
import type { Desk } from '../Desk.ts';
import { shownNames } from '../frame/shortened.ts';

/** A team whose work is graded by hand. */
export interface MarkedTeam {
  readonly team: string;
  /** Its names, or a pseudonym. */
  readonly shown: string;
  /** The points that count for the criterion; undefined if nobody has given any. */
  readonly given: Entry | undefined;
}

/** Everybody whose work counts, in the order in which a criterion is graded. */
export interface MarkingList {
  readonly teams: readonly MarkedTeam[];
  /** Notes that were given for this criterion, the commonest first. */
  readonly remarks: readonly string[];
}

const MOST_REMARKS = 9;

/**
 * @param isAnonymous - shows pseudonyms, in their own order: that of the names would say something about them
 */
export async function markingList(
  { book }: Pick<Desk, 'book'>,
  { id: assignment }: Assignment,
  { id: criterion }: Criterion,
  isAnonymous: boolean,
): Promise<MarkingList> {
  return book.read(async (db) => {
    const entries = await entriesByTeam(db, assignment);
    const pointsOf = ({ team }: TeamAttempts) =>
      countingEntries(entries.get(team) ?? []).find((each) => each.kind === 'points' && each.criterion === criterion);
    const teams = (await countingTeams(db, assignment)).map((each) => ({
      team: each.team,
      shown: isAnonymous ? each.students.map(({ id }) => pseudonymOf(id)).join(', ') : shownNames(each),
      given: pointsOf(each),
    }));
    if (isAnonymous) teams.sort((a, b) => compareTexts(a.shown, b.shown));
    return { teams, remarks: commonNotes(teams) };
  });
}

function commonNotes(teams: readonly MarkedTeam[]): string[] {
  const times = new Map<string, number>();
  for (const { given } of teams) if (given) times.set(given.note, (times.get(given.note) ?? 0) + 1);
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_REMARKS)
    .map(([note]) => note);
}

/** The next team after this one that waits for its points, from the beginning again after the last. */
export function nextWaiting(teams: readonly MarkedTeam[], team: string): MarkedTeam | undefined {
  const at = teams.findIndex((each) => each.team === team);
  return [...teams.slice(at + 1), ...teams.slice(0, Math.max(0, at))].find(({ given }) => !given);
}
