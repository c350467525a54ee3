import type { ClassReport } from '../../model/classReport.ts';
import { COMPARISON_VERSION, type ComparedRow, type Comparison, type Side } from '../../model/comparison.ts';
import { UsageError } from '../../model/errors.ts';
import type { ScoreReport } from '../../model/report.ts';

type Rows = ReadonlyMap<string, { readonly title: string; readonly side: Side }>;

/**
 * Two score reports side by side, criterion by criterion.
 *
 * @throws UsageError if they are of different assignments
 */
export function compareReports(first: ScoreReport, second: ScoreReport): Comparison {
  const about = ({ assignment, submission, grading, environment, totals }: ScoreReport) => ({
    ...{ name: submission.name, version: assignment.version, grader: environment.grader, seed: grading.seed },
    ...{ earned: totals.earned, possible: totals.possible },
  });
  return {
    ...head('report', first.assignment.id, second.assignment.id),
    first: about(first),
    second: about(second),
    rows: sideBySide(criteriaOf(first), criteriaOf(second)),
  };
}

/**
 * Two class reports side by side, student by student.
 *
 * @throws UsageError if they are of different assignments
 */
export function compareClasses(first: ClassReport, second: ClassReport): Comparison {
  const about = ({ assignment, grader, seed, rows }: ClassReport) => ({
    ...{ name: `${rows.length} submissions`, version: assignment.version, grader, seed },
  });
  return {
    ...head('class', first.assignment.id, second.assignment.id),
    first: about(first),
    second: about(second),
    rows: sideBySide(studentsOf(first), studentsOf(second)),
  };
}

/** Whether a row says the same on both sides. */
export const isSame = ({ first, second }: ComparedRow): boolean =>
  first?.status === second?.status && first?.earned === second?.earned && first?.points === second?.points;

function head(of: Comparison['of'], first: string, second: string) {
  if (first !== second) throw new UsageError(`these are of two assignments: ${first} and ${second}`);
  return { schema: 'im2grade/comparison', version: COMPARISON_VERSION, of, assignment: first } as const;
}

const criteriaOf = ({ outcomes }: ScoreReport): Rows =>
  new Map(outcomes.map(({ id, title, status, earned, points }) => [id, { title, side: { status, earned, points } }]));

const studentsOf = ({ rows }: ClassReport): Rows =>
  new Map(
    rows.map(({ id, name, status, totals }) => {
      const side = { status, earned: totals?.earned ?? 0, points: totals?.possible ?? 0 };
      return [id, { title: name, side }];
    }),
  );

/** In the order of the second, then what only the first has. */
function sideBySide(first: Rows, second: Rows): ComparedRow[] {
  return [...new Set([...second.keys(), ...first.keys()])].map((id) => {
    const [before, after] = [first.get(id), second.get(id)];
    return {
      id,
      title: (after ?? before)!.title,
      ...(before && { first: before.side }),
      ...(after && { second: after.side }),
    };
  });
}
