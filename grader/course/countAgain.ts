import { settledScore } from '../gradebook/settledScore.ts';
import { attemptsOf } from '../gradebook/store/attempts.ts';
import { entriesOf } from '../gradebook/store/entries.ts';
import { countResult, scoredResults } from '../gradebook/store/results.ts';
import { markStale } from '../gradebook/store/staleReports.ts';
import type { Database } from '../gradebook/store/tables.ts';
import type { Assignment } from '../model/assignment.ts';

/**
 * Counts the attempts of a team again, in the transaction that has changed something. Their saved reports are stale from then on,
 * until `settleTeam` renews them.
 */
export async function countAgain(db: Database, assignment: Assignment, team: string): Promise<void> {
  const attempts = await attemptsOf(db, [team], assignment.id);
  const entries = await entriesOf(db, assignment.id, team);
  const results = await scoredResults(
    db,
    attempts.map(({ result }) => result),
  );
  for (const attempt of attempts) {
    const result = results.get(attempt.result);
    if (result) await countResult(db, attempt, result.id, settledScore(assignment, attempt, result, entries));
  }
  await markStale(db, assignment.id, team);
}
