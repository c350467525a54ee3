import { exportedScore } from '../../report/text/exportedScore.ts';
import { csv } from '../../report/text/csv.ts';
import { type ScoreTable, idOf } from '../ScoreTable.ts';

const COLUMNS = [
  'assignment',
  'duedate',
  'timestamp',
  'student_id',
  'last_name',
  'first_name',
  'email',
  'raw_score',
  'late_submission_penalty',
  'score',
  'max_score',
];

/**
 * `grades.csv` as `nbgrader export` writes it
 * (https://github.com/jupyter/nbgrader/blob/main/nbgrader/plugins/export.py), except that a comma in a name is quoted.
 * Reports have no due date and no parts of names; those columns stay empty. Who handed in nothing has 0 points and no
 * time; who handed in what cannot be graded has no row.
 */
export function renderNbgrader({ assignment, rows }: ScoreTable): string {
  const [worth = 0] = rows.flatMap(({ result }) => result?.totals.all ?? []);
  return csv([
    COLUMNS,
    ...rows.flatMap((row) => {
      const whose = [idOf(row), '', '', row.email ?? ''];
      if (row.isAbsent) return [[assignment.id, '', '', ...whose, 0, 0, 0, worth]];
      if (!row.result) return [];
      const { score, outOf } = exportedScore(row.result.totals);
      return [[assignment.id, '', row.result.gradedAt, ...whose, score, 0, score, outOf]];
    }),
  ]);
}
