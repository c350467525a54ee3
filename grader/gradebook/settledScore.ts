import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { Outcome } from '../model/report.ts';
import type { Scored } from '../score/applyManualPoints.ts';
import { totalsOf } from '../score/score.ts';
import { applyEntries } from './applyEntries.ts';
import type { Attempt } from './store/attempts.ts';
import { timesOfAttempt } from './store/attemptTimes.ts';
import type { Entry } from './store/entries.ts';
import type { ResultOutcome, ScoredResult } from './store/results.ts';

/** The points of a result with everything that people gave and the late policy, as `applyEntries`, from no report. */
export function settledScore(
  assignment: Assignment,
  attempt: Attempt,
  result: ScoredResult,
  entries: readonly Entry[],
): Scored {
  const criteria = criteriaOf(assignment);
  const place = new Map(criteria.map(({ id }, at) => [id, at]));
  const placeOf = ({ id }: ResultOutcome) => place.get(id) ?? criteria.length;
  const outcomes = result.outcomes
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((outcome) => withoutEvidence(outcome, criteria[placeOf(outcome)]?.kind));
  const scored = { submission: { digest: attempt.digest }, outcomes, totals: totalsOf(assignment, outcomes) };
  return applyEntries(assignment, scored, entries, timesOfAttempt(attempt));
}

const withoutEvidence = (
  { id, status, earned, points, bonus }: ResultOutcome,
  kind: Outcome['kind'] = 'correctness',
): Outcome => ({
  id,
  title: '',
  asks: '',
  group: '',
  kind,
  visibility: 'hidden',
  bonus,
  points,
  earned,
  status,
  credit: points === 0 ? 0 : earned / points,
  reason: '',
  substituted: [],
  seconds: 0,
  evidence: [],
  replay: '',
});
