import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Outcome, Totals } from '../model/report.ts';
import { applyLatePolicy } from '../score/applyLatePolicy.ts';
import { applyManualPoints, type Scored } from '../score/applyManualPoints.ts';
import type { HandInTimes } from '../score/handInTimes.ts';
import { round, sumOf } from '../common/round.ts';
import { totalsOf } from '../score/score.ts';
import { countingEntries, type Entry } from './store/entries.ts';

/**
 * The report with everything that people gave, and with the late policy applied to the total.
 *
 * @param entries - in order: of several about the same thing the last one counts
 */
export function applyEntries<R extends Scored>(
  assignment: Assignment,
  report: R,
  entries: readonly Entry[],
  times: HandInTimes | undefined,
): R {
  const counting = countingEntries(entries);
  const of = (kind: Entry['kind']) => counting.filter((entry) => entry.kind === kind);
  const settled = applyManualPoints(assignment, report, { manual: of('points'), times });
  const placeOf = placesIn(assignment, settled.outcomes);
  const outcomes = settled.outcomes.map((outcome) => {
    const about = ({ criterion }: Entry) => criterion === outcome.id;
    const replaced = withPoints(outcome, of('points').find(about));
    const left = withDeduction(replaced, of('deduction').find(about));
    const comments = of('comment').filter((entry) => placeOf(entry) === outcome.id);
    return comments.reduce(withComment, left);
  });
  const whole = of('deduction').find(({ criterion }) => criterion === '');
  const totals = awarded(assignment, totalsOf(assignment, outcomes, times), of('bonus')[0], times);
  return { ...settled, outcomes, totals: deducted(assignment, totals, whole, times) };
}

/** Replaces the points of a criterion that the machine examined. */
function withPoints(outcome: Outcome, entry: Entry | undefined): Outcome {
  if (!entry || outcome.kind === 'manual') return outcome;
  const { points, note, by, at } = entry;
  return {
    ...givenBy(outcome, points, note, { by, at }),
    evidence: [...found(outcome), ...outcome.evidence],
  };
}

/** What the grader found, which may quote hidden inputs: it is not what the person says. */
const found = ({ earned, points, reason }: Outcome): Evidence[] => [
  { type: 'remark', message: `the grader gave ${earned} of ${points}${reason === '' ? '' : `: ${reason}`}` },
];

function withDeduction(outcome: Outcome, entry: Entry | undefined): Outcome {
  if (!entry) return outcome;
  const { points, note, by, at } = entry;
  return {
    ...givenBy(outcome, Math.max(0, outcome.earned - points), `${points} deducted: ${note}`, { by, at }),
    evidence: [...found(outcome), ...outcome.evidence],
  };
}

function givenBy(outcome: Outcome, points: number, reason: string, given: Outcome['given'] & object): Outcome {
  const credit = outcome.points === 0 ? 0 : Math.min(1, points / outcome.points);
  return {
    ...outcome,
    status: credit === 1 ? 'passed' : credit === 0 ? 'failed' : 'partial',
    credit,
    earned: round(credit * outcome.points),
    reason,
    given,
  };
}

function withComment(outcome: Outcome, { file, line, note, by }: Entry): Outcome {
  const place = file === '' ? '' : `${file}${line > 0 ? `:${line}` : ''}: `;
  return { ...outcome, evidence: [{ type: 'remark', message: `${place}${note}`, by }, ...outcome.evidence] };
}

/** The criterion with which a comment is shown: its own, the first one of its file, or else the first one. */
function placesIn(assignment: Assignment, outcomes: readonly Outcome[]): (entry: Entry) => string | undefined {
  const there = new Set(outcomes.map(({ id }) => id));
  const criteria = criteriaOf(assignment).filter(({ id }) => there.has(id));
  const first = criteria[0]?.id ?? outcomes[0]?.id;
  return ({ criterion, file }) =>
    there.has(criterion) ? criterion : (criteria.find(({ examines }) => examines.includes(file))?.id ?? first);
}

/** With what the class as a whole gave; it makes up for lost points if the assignment's own bonus does no more than that. */
function awarded(
  { bonus: { withinMaximum }, late: policy }: Assignment,
  totals: Totals,
  entry: Entry | undefined,
  times: HandInTimes | undefined,
): Totals {
  if (!entry) return totals;
  const room = sumOf([totals.all, -totals.earned, -totals.bonus]);
  const points = withinMaximum ? Math.min(entry.points, room) : entry.points;
  if (points <= 0) return totals;
  const bonus = sumOf([totals.bonus, points]);
  const late = times && applyLatePolicy(policy, times, sumOf([totals.earned, bonus]));
  return { ...totals, bonus, ...(late ? { late } : {}), awarded: { points, note: entry.note, by: entry.by } };
}

function deducted(
  assignment: Assignment,
  totals: Totals,
  entry: Entry | undefined,
  times: HandInTimes | undefined,
): Totals {
  if (!entry) return totals;
  const points = Math.min(entry.points, totals.earned);
  if (points <= 0) return totals;
  const earned = round(totals.earned - points);
  const late = times && applyLatePolicy(assignment.late, times, earned + totals.bonus);
  return { ...totals, earned, ...(late ? { late } : {}), deducted: { points, note: entry.note, by: entry.by } };
}
