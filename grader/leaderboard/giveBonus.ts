import { countAgain } from '../course/countAgain.ts';
import { renewAfterSaving } from '../course/renewStaleReports.ts';
import { settleTeam } from '../course/settleTeam.ts';
import { type Award, giveAwards, undoAwards } from '../gradebook/store/awards.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import type { Assignment } from '../model/assignment.ts';
import type { LeaderboardRules } from '../model/leaderboardRules.ts';
import { valueText } from '../report/leaderboard/valueText.ts';
import type { RankedTeam } from './RankedTeam.ts';

/** A change of a bonus, with whose it is. */
export interface ProposedAward extends Award {
  readonly ranked: RankedTeam;
}

/** What giving the bonus now would change. */
export function proposedAwards(rules: LeaderboardRules, teams: readonly RankedTeam[]): ProposedAward[] {
  return teams
    .filter(({ due, given }) => due !== given)
    .map((ranked) => ({
      ...{ ranked, team: ranked.team.team, before: ranked.given, after: ranked.due },
      note: noteOn(rules, ranked),
    }));
}

function noteOn(rules: LeaderboardRules, { place, value }: RankedTeam): string {
  const where = place === undefined ? 'no place on the leaderboard' : `place ${place} on the leaderboard`;
  return value ? `${where}, ${rules.value} ${valueText(rules.shown, value)}` : where;
}

/** Records bonuses with the scores that they make, and renews the reports. */
export async function giveBonus(
  book: CourseGradebook,
  assignment: Assignment,
  awards: readonly Award[],
  by: string,
): Promise<void> {
  if (awards.length === 0) return;
  await book.write(async (db) => {
    await giveAwards(db, assignment.id, awards, by);
    for (const { team } of awards) await countAgain(db, assignment, team);
  });
  for (const { team } of awards) await renewAfterSaving(() => settleTeam(book, assignment, team));
}

/**
 * Takes back the bonuses that were given last.
 *
 * @returns the teams whose bonus is as it was before
 * @throws UsageError if there is nothing to take back
 */
export async function takeBackBonus(book: CourseGradebook, assignment: Assignment, by: string): Promise<string[]> {
  const teams = await book.write(async (db) => {
    const awards = await undoAwards(db, assignment.id, by);
    for (const { team } of awards) await countAgain(db, assignment, team);
    return awards.map(({ team }) => team);
  });
  for (const team of teams) await renewAfterSaving(() => settleTeam(book, assignment, team));
  return teams;
}
