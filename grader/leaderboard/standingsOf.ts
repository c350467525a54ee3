import { type CountedTeam, type CountingTeam, ofCountedTeams, teamsToCount } from '../course/countedTeams.ts';
import { bonusIn } from '../gradebook/store/awards.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { countingEntries, type Entry } from '../gradebook/store/entries.ts';
import type { Assignment } from '../model/assignment.ts';
import type { LeaderboardRules } from '../model/leaderboardRules.ts';
import { type RankedWork, rankedGradings } from './rankedGradings.ts';
import { type Examined, type Standing, standingFrom, type TeamStanding } from './Standing.ts';
import { takesPlace } from './takesPlace.ts';

/** An assignment that has a leaderboard. */
export type RankedAssignment = Assignment & { readonly leaderboard: LeaderboardRules };

/** Whether an assignment has a leaderboard. */
export const isRanked = (assignment: Assignment): assignment is RankedAssignment =>
  assignment.leaderboard !== undefined;

/** What is known of the work that counts, of each student once, in the order of their names. */
export async function standingsOf(
  root: string,
  book: CourseGradebook,
  assignment: RankedAssignment,
): Promise<TeamStanding[]> {
  const ranked = await rankedGradings(root, book, assignment);
  return book.read(async (db) => {
    const teams = await teamsToCount(db, assignment);
    const entriesOf = new Map<CountingTeam['team'], readonly Entry[]>(
      teams.map(({ team, entries }) => [team, entries]),
    );
    return ofCountedTeams(db, assignment, teams, (counted) => {
      const { team } = counted;
      const [again, entries] = [ranked.get(team.counting.digest), entriesOf.get(team)!];
      const standing = takesPlace(entries) ? standingOf(assignment.leaderboard, counted, again) : undefined;
      return { team, standing, given: bonusIn(entries), deduction: deductionIn(entries), tries: again?.tries ?? 0 };
    });
  });
}

/** What a person deducted from the whole work, and why. */
const deductionIn = (entries: readonly Entry[]): TeamStanding['deduction'] =>
  countingEntries(entries).find(({ kind, criterion }) => kind === 'deduction' && criterion === '');

/** Undefined if the work takes no part. */
function standingOf(
  rules: LeaderboardRules,
  { team, result, score }: CountedTeam,
  ranked: RankedWork | undefined,
): Standing | undefined {
  if (!result || !score) return team.counting.state === 'ungradable' ? undefined : NOT_GRADED;
  const { late } = score.totals;
  // Who has more time than others takes no place from them.
  if (late && late.keep < 1) return undefined;
  const statuses = new Map(score.outcomes.map(({ id, status }) => [id, status]));
  const measured = new Map(result.outcomes.map((outcome) => [outcome.id, outcome.measured]));
  const examined = (id: string): Examined => ({
    ...{ status: statuses.get(id), measured: measured.get(id), again: ranked?.again.get(id) },
  });
  return standingFrom(rules, rules.from.map(examined), rules.needs.map(examined));
}

const NOT_GRADED: Standing = { value: undefined, low: -Infinity, high: Infinity, open: 'it is not graded yet' };
