import { settledScore } from '../gradebook/settledScore.ts';
import { entriesByTeam } from '../gradebook/store/entries.ts';
import { type ScoredResult, scoredResults } from '../gradebook/store/results.ts';
import type { Database } from '../gradebook/store/tables.ts';
import { countingTeams, type TeamAttempts } from '../gradebook/store/teams.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Scored } from '../score/applyManualPoints.ts';

/** A team whose work counts for some of its students. */
export interface CountedTeam {
  readonly team: TeamAttempts;
  /** Undefined if the work has no score. */
  readonly result: ScoredResult | undefined;
  /** The points, with what people gave and the late policy. */
  readonly score: Scored | undefined;
}

/** The teams whose work counts, of each student once, with their points. No report is read. */
export async function countedTeams(db: Database, assignment: Assignment): Promise<CountedTeam[]> {
  const teams = await countingTeams(db, assignment.id);
  const results = await scoredResults(
    db,
    teams.map(({ counting }) => counting.result),
  );
  const entries = await entriesByTeam(db, assignment.id);
  return teams.map((team) => {
    const result = results.get(team.counting.result);
    const score = result && settledScore(assignment, team.counting, result, entries.get(team.team) ?? []);
    return { team, result, score };
  });
}
