import { groupBy } from '../common/groupBy.ts';
import type { Attempt } from '../gradebook/store/attempts.ts';
import { countingAttempt } from '../gradebook/store/countingAttempt.ts';
import type { Counts } from '../gradebook/store/tables.ts';
import type { Compared, Regraded } from './regrade.ts';

/** An attempt that was graded anew. */
interface Looked {
  readonly attempt: Attempt;
}

/**
 * Adds to what would change of attempts what would change of their teams' scores: of several attempts of a team one
 * counts, and it may be another one afterwards.
 *
 * @param looked - all attempts that were graded anew, or need not be
 */
export function withCounting(
  changed: readonly Compared[],
  looked: readonly Looked[],
  counts: Counts,
): readonly Regraded[] {
  const changeOf = new Map(changed.map((each) => [each.change.attempt, each]));
  const teams = groupBy(looked, ({ attempt }) => attempt.team);
  return changed.map((each) => {
    const attempts = teams.get(each.team)!.map(({ attempt }) => attempt);
    const scoreAfter = (attempt: Attempt) => {
      const change = changeOf.get(attempt.id);
      return change ? (change.item.after ?? NO_SCORE) : attempt.score;
    };
    const before = countingAttempt(attempts, counts)!;
    const after = countingAttempt(
      attempts.map((attempt) => ({ ...attempt, score: scoreAfter(attempt) })),
      counts,
    )!;
    const attempt = attempts.length > 1 ? attempts.find(({ id }) => id === each.change.attempt)!.source : '';
    const counting = { before: scored(before.score), after: scored(after.score) };
    return { ...each, item: { ...each.item, team: each.team, attempt, counting } };
  });
}

/** As the gradebook has it. */
const NO_SCORE = -1;
const scored = (score: number): number | undefined => (score === NO_SCORE ? undefined : score);
