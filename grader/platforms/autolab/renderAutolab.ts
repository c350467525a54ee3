import { round } from '../../common/round.ts';
import type { Outcome, ScoreReport } from '../../model/report.ts';
import { isPending } from '../../model/outcome.ts';
import type { Refusal } from '../../report/Refusal.ts';
import { fitted } from '../../report/student/fitted.ts';
import { outcomeMessage } from '../../report/student/outcomeText.ts';
import { studentView } from '../../report/student/studentView.ts';
import { points } from '../../report/text/numbers.ts';
import { printable, printableLine } from '../../report/text/printable.ts';
import { groupsOf } from '../../report/text/totals.ts';

const MAX_BYTES = 1024 * 1024;
const PENDING = 'Pending (points)';
const BONUS = 'Bonus';
/** Keys that the feedback's own format uses. */
const RESERVED = ['_presentation', 'stages', PENDING];

/**
 * Autolab's result: a line of semantic feedback and, as the last line of the output, the scores: a problem per group of
 * the rubric and one for the bonus (https://docs.autolabproject.com/features/formatted-feedback/). Both are JSON on one
 * line, so no text of a student can become the last line.
 */
export function renderAutolab(report: ScoreReport): string {
  const student = studentView(report);
  const groups = groupsOf(student);
  const scores = groups.map(({ group, earned }): [string, number] => [nameOf(group), round(earned)]);
  const hasBonus = student.totals.awarded !== undefined || student.outcomes.some(({ bonus }) => bonus);
  if (hasBonus) scores.push([BONUS, student.totals.bonus]);
  return fitted(MAX_BYTES, (maxChars) => {
    const stages = groups.map(({ group, outcomes }): [string, object] => [nameOf(group), stageOf(outcomes, maxChars)]);
    const pending = student.totals.pending.map(({ id, points: worth }) => [id, worth] as const);
    if (pending.length > 0) stages.push([PENDING, Object.fromEntries(pending)]);
    const feedback = {
      _presentation: 'semantic',
      stages: stages.map(([name]) => name),
      ...Object.fromEntries(stages),
    };
    return lines(feedback, { scores: Object.fromEntries(scores) });
  });
}

/** As `renderAutolab`, for a submission that cannot be graded: no points in any problem. */
export function renderAutolabRefusal({ assignment, message }: Refusal): string {
  const criteria = assignment.rubric.flatMap(({ criteria }) => criteria);
  const problems = [
    ...assignment.rubric.map(({ group }) => nameOf(group)),
    ...(criteria.some(({ bonus }) => bonus) ? [BONUS] : []),
  ];
  const feedback = {
    _presentation: 'semantic',
    stages: ['Build'],
    Build: { 'The submission can be graded': { passed: false, hint: printable(message) } },
  };
  return lines(feedback, { scores: Object.fromEntries(problems.map((name) => [name, 0])) });
}

const lines = (...documents: object[]): string => documents.map((each) => `${JSON.stringify(each)}\n`).join('');

function nameOf(group: string): string {
  const name = printableLine(group);
  return RESERVED.includes(name) ? `${name} ` : name;
}

function stageOf(outcomes: readonly Outcome[], maxChars: number): object {
  const counted = outcomes.filter(({ status }) => !isPending(status));
  return Object.fromEntries(
    counted.map((outcome) => {
      const passed = outcome.status === 'passed';
      const hint = `${points(outcome.earned)} of ${points(outcome.points)}: ${outcomeMessage(outcome, maxChars)}`;
      return [`${outcome.id}: ${printableLine(outcome.title)}`, passed ? { passed } : { passed, hint }];
    }),
  );
}
