import type { Visibility } from '../../model/assignment.ts';
import type { Outcome, ScoreReport } from '../../model/report.ts';
import { isPending } from '../../model/outcome.ts';
import type { Refusal } from '../../report/Refusal.ts';
import { fitted } from '../../report/student/fitted.ts';
import { outcomeName, outcomeText } from '../../report/student/outcomeText.ts';
import { AFTER_DUE, studentView } from '../../report/student/studentView.ts';
import { exportedScore } from '../../report/text/exportedScore.ts';
import { points } from '../../report/text/numbers.ts';
import { printable, printableLine } from '../../report/text/printable.ts';
import { STATUS } from '../../report/text/status.ts';
import { groupsOf, scoreOf } from '../../report/text/totals.ts';

const MAX_BYTES = 1024 * 1024;

/**
 * Hidden criteria carry points, so they are shown when grades are published: `hidden` is for tests that do not
 * contribute to the total (https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Controlling test case
 * visibility").
 */
const VISIBILITY: Record<Visibility, string> = {
  visible: 'visible',
  'after-due': 'after_due_date',
  hidden: 'after_published',
};

/** Everything is plain text: `simple_format` and `html` would read a student's text as markup. */
const HEAD = { output_format: 'text', test_output_format: 'text', test_name_format: 'text' };

/**
 * Gradescope's `results.json` (https://gradescope-autograders.readthedocs.io/en/latest/specs/): a test per criterion
 * with its visibility. A top-level score overrides the sum of the tests, which does not know the cap on bonus points;
 * pending criteria have neither score nor maximum. Hidden criteria never say what happened; those that open after the
 * due date do.
 */
export function renderGradescope(report: ScoreReport): string {
  const student = studentView(report, AFTER_DUE);
  return fitted(MAX_BYTES, (maxChars) =>
    json({
      score: exportedScore(student.totals).score,
      execution_time: seconds(student),
      output: summary(student),
      ...HEAD,
      visibility: 'visible',
      stdout_visibility: 'hidden',
      tests: groupsOf(student).flatMap(({ group, outcomes }, g) =>
        outcomes.map((outcome, o) => testOf(outcome, `${g + 1}.${o + 1}`, group, maxChars)),
      ),
    }),
  );
}

/** As `renderGradescope`, for a submission that cannot be graded: no points, and what to do. */
export function renderGradescopeRefusal({ message }: Refusal): string {
  const output = `This submission cannot be graded; correct it and hand it in again.\n\n${printable(message)}`;
  return json({ score: 0, output, ...HEAD, visibility: 'visible', stdout_visibility: 'hidden', tests: [] });
}

const json = (results: object): string => `${JSON.stringify(results, undefined, 2)}\n`;

function testOf(outcome: Outcome, number: string, group: string, maxChars: number): object {
  const { status, earned, points: worth, visibility, kind } = outcome;
  return {
    name: outcomeName(outcome),
    number,
    ...(isPending(status) ? {} : { score: earned, max_score: worth, ...verdict(outcome) }),
    output: outcomeText(outcome, maxChars),
    tags: [printableLine(group), kind],
    visibility: VISIBILITY[visibility],
  };
}

/**
 * Without a status Gradescope colours a test by its share of points: right for partial credit, and for a bonus that was
 * not attempted.
 */
function verdict({ status, bonus }: Outcome): { status?: 'passed' | 'failed' } {
  if (status === 'passed') return { status };
  return status === 'partial' || bonus ? {} : { status: 'failed' };
}

const seconds = ({ grading }: ScoreReport): number =>
  Math.round(Object.values(grading.seconds).reduce((sum, step) => sum + step, 0) * 100) / 100;

/** What is shown from the beginning must not reveal hidden results. */
function summary({ outcomes }: ScoreReport): string {
  const of = (visibility: Visibility) => outcomes.filter((outcome) => outcome.visibility === visibility);
  const open = scoreOf(of('visible'));
  const later = (visibility: Visibility, when: string): string[] => {
    const { possible } = scoreOf(of(visibility));
    return possible > 0 ? [`${points(possible)} more points are shown ${when}.`] : [];
  };
  const pending = outcomes
    .filter(({ status, bonus }) => isPending(status) && !bonus)
    .map(
      ({ title, points: worth, status }) =>
        `Pending: ${printableLine(title)}, ${points(worth)} (${STATUS[status].word}).`,
    );
  return [
    `Public criteria: ${points(open.earned)} of ${points(open.possible)} points.`,
    ...later('after-due', 'after the due date'),
    ...later('hidden', 'when grades are published'),
    ...pending,
  ].join('\n');
}
