import { settledScore } from '../gradebook/settledScore.ts';
import { entriesByTeam, type Entry } from '../gradebook/store/entries.ts';
import { type ScoredResult, scoredResults } from '../gradebook/store/results.ts';
import type { Database } from '../gradebook/store/tables.ts';
import { countingTeams, type TeamAttempts } from '../gradebook/store/teams.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Scored } from '../score/applyManualPoints.ts';

/** A team whose work counts for some of its students, and what people gave to it. */
export interface CountingTeam {
  readonly team: TeamAttempts;
  readonly entries: readonly Entry[];
}

/** The same with the points. */
export interface CountedTeam {
  readonly team: TeamAttempts;
  /** Undefined if the work has no score. */
  readonly result: ScoredResult | undefined;
  /** The points, with what people gave and the late policy. */
  readonly score: Scored | undefined;
}

/** The teams whose work counts, of each student once. */
export async function teamsToCount(db: Database, { id }: Assignment): Promise<CountingTeam[]> {
  const teams = await countingTeams(db, id);
  const entries = await entriesByTeam(db, id);
  return teams.map((team) => ({ team, entries: entries.get(team.team) ?? [] }));
}

/** Teams whose outcomes are in memory at a time: those of a large class are many times what is kept of them. */
const AT_A_TIME = 25;

/**
 * What is made of the points of each of these teams. No report is read.
 *
 * @param make - keeps what is needed: of all that it is given, nothing else stays in memory
 */
export async function ofCountedTeams<T>(
  db: Database,
  assignment: Assignment,
  teams: readonly CountingTeam[],
  make: (counted: CountedTeam) => T,
): Promise<T[]> {
  const made: T[] = [];
  for (let at = 0; at < teams.length; at += AT_A_TIME) {
    const some = teams.slice(at, at + AT_A_TIME);
    const results = await scoredResults(
      db,
      some.map(({ team }) => team.counting.result),
    );
    for (const { team, entries } of some) {
      const result = results.get(team.counting.result);
      made.push(make({ team, result, score: result && settledScore(assignment, team.counting, result, entries) }));
    }
  }
  return made;
}
